package io.facelogin.web.language;

import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the scripts' texts within reach of every page. */
@ControllerAdvice(annotations = Controller.class)
final class ScriptTextsAdvice {
  private final ScriptTexts texts;

  ScriptTextsAdvice(ScriptTexts texts) {
    this.texts = texts;
  }

  @ModelAttribute("scriptTexts")
  String scriptTexts(Locale locale) {
    return texts.json(locale);
  }
}
