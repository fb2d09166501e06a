package io.facelogin.web.audit;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings in effect as names and values, so that the audit can tell when the policy of a site
 * changed. Records within records are written with a dot: {@code decision.fpir}. What may be a
 * secret by its name is left out.
 */
public record SettingsSnapshot(SortedMap<String, String> values) {

  private static final Pattern SECRET =
      Pattern.compile("(?i).*(token|password|secret|passphrase).*");

  /** Of all of these; later ones overrule earlier ones of the same name. */
  public static SettingsSnapshot of(Record... settings) {
    SortedMap<String, String> values = new TreeMap<>();
    for (Record each : settings) {
      put(values, "", each);
    }
    return new SettingsSnapshot(values);
  }

  public static SettingsSnapshot none() {
    return new SettingsSnapshot(new TreeMap<>());
  }

  private static void put(Map<String, String> values, String prefix, Record settings) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String name = prefix + component.getName();
      if (SECRET.matcher(name).matches()) {
        continue;
      }
      Object value = plain(value(component, settings));
      if (value instanceof SettingsSnapshot others) {
        values.putAll(others.values());
      } else if (value instanceof Record inner) {
        put(values, name + ".", inner);
      } else if (value == null || isWords(value)) {
        values.put(name, String.valueOf(value));
      }
    }
  }

  private static @Nullable Object value(RecordComponent component, Record settings) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A record's component can be read: " + component, e);
    }
  }

  /** Else it is no value that people have chosen, and may say something else each time. */
  private static boolean isWords(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || value instanceof CharSequence
        || value instanceof Enum<?>
        || value instanceof Duration
        || value instanceof Path
        || value instanceof Collection<?>;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  /** One hash over all names and values, in hexadecimal digits. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      values.forEach(
          (name, value) ->
              digest.update((name + '\0' + value + '\0').getBytes(StandardCharsets.UTF_8)));
      return AuditEntry.hex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
