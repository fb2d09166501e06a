package io.facelogin.infra.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the site that runs on a data directory was started with, by the names of the options: {@code
 * run/settings.json}, for `doctor`, which is another process. Passwords are masked before.
 */
public final class RunSettings {

  private static final JsonMapper JSON = new JsonMapper();

  private RunSettings() {}

  private static Path in(Path dataDirectory) {
    return dataDirectory.resolve("run").resolve("settings.json");
  }

  public static void write(Path dataDirectory, Map<String, String> settings) throws IOException {
    Files.writeString(in(dataDirectory), JSON.writeValueAsString(settings));
  }

  /** Empty if no site runs there. */
  public static Optional<Map<String, String>> find(Path dataDirectory) {
    if (ServerFile.find(dataDirectory).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JSON.readValue(
              Files.readString(in(dataDirectory)), new TypeReference<Map<String, String>>() {}));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }
}
