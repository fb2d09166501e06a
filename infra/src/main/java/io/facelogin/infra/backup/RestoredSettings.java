package io.facelogin.infra.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The policy of the site, as the settings file of the restored folder. */
final class RestoredSettings {

  /** What somebody decided; where a site listens and lies is another matter on each machine. */
  private static final Set<String> POLICY =
      Set.of(
          "model",
          "alignment",
          "min-face",
          "frames-per-second",
          "fpir",
          "no-mirror",
          "attack-check",
          "attack-check-cameras",
          "challenge",
          "check-within",
          "stills",
          "enrolment",
          "login-tries",
          "keep-decisions",
          "keep-faces",
          "token-minutes",
          "signing-key-days");

  private RestoredSettings() {}

  static void write(Path folder, Map<String, String> settings) throws IOException {
    String lines =
        settings.entrySet().stream()
            .filter(setting -> POLICY.contains(setting.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()) + "\n")
            .collect(Collectors.joining());
    if (!lines.isEmpty()) {
      Files.writeString(
          folder.resolve("face-login.yaml"),
          "# The settings of the site when its backup was made.\n" + lines,
          StandardCharsets.UTF_8);
    }
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
