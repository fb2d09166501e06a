package io.facelogin.web.language;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The texts that the scripts show, in the visitor's language, as JSON: what begins with {@code
 * js.}, {@code reason.}, {@code advice.} or {@code outcome.} in the message bundles. Thread-safe;
 * built once per language.
 */
@Component
final class ScriptTexts {
  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, String> byLanguage = new ConcurrentHashMap<>();

  /** A JSON object from key to text. */
  String json(Locale locale) {
    return byLanguage.computeIfAbsent(Languages.nearest(locale).toLanguageTag(), this::build);
  }

  private String build(String language) {
    ResourceBundle bundle = Languages.bundle(Locale.forLanguageTag(language));
    Map<String, String> texts = new TreeMap<>();
    for (String key : bundle.keySet()) {
      if (key.startsWith("js.")
          || key.startsWith("reason.")
          || key.startsWith("advice.")
          || key.startsWith("outcome.")) {
        texts.put(key, bundle.getString(key));
      }
    }
    return json.writeValueAsString(texts);
  }
}
