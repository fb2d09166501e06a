package io.facelogin.detector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the shared data: photographs and weights. */
public final class TestFace {

  private TestFace() {}

  /** One frontal face. */
  public static byte[] jpeg() throws IOException {
    return read("faces/odd/base.jpg");
  }

  public static byte[] withoutFace() throws IOException {
    return read("faces/odd/flat-grey.jpg");
  }

  /** Folder of weights that are not packaged. */
  public static Path weights() {
    return path("weights");
  }

  private static byte[] read(String relative) throws IOException {
    return Files.readAllBytes(path(relative));
  }

  private static Path path(String relative) {
    String given = System.getenv("FACE_LOGIN_DATA");
    Path path = (given != null ? Path.of(given) : Path.of("../../shared")).resolve(relative);
    assumeTrue(Files.exists(path), "left out: there is no " + path);
    return path;
  }
}
