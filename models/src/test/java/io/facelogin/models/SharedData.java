package io.facelogin.models;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder of pictures and reference outputs, where a machine has it. */
public final class SharedData {

  private SharedData() {}

  /** Leaves the calling test out, in one line, where the folder is absent. */
  public static Path path(String relative) {
    String given = System.getenv("FACE_LOGIN_DATA");
    Path root = given != null ? Path.of(given) : Path.of("../../shared");
    Path path = root.resolve(relative);
    assumeTrue(Files.exists(path), "left out: there is no " + path);
    return path;
  }

  public static JsonNode json(String relative) {
    return JsonMapper.shared().readTree(path(relative).toFile());
  }

  public static Picture picture(String relative) {
    try {
      return PictureReader.read(Files.readAllBytes(path(relative)));
    } catch (IOException | UnusablePictureException e) {
      throw new AssertionError(relative, e);
    }
  }
}
