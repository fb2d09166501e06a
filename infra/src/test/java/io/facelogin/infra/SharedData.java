package io.facelogin.infra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of faces, clips and reference outputs that is no part of the repository. */
public final class SharedData {

  private SharedData() {}

  /** Leaves the test out, saying so in one line, where the data is absent. */
  public static Path folder(String name) {
    Path root =
        Path.of(Optional.ofNullable(System.getenv("FACE_LOGIN_DATA")).orElse("../../shared"));
    Path folder = root.resolve(name).toAbsolutePath().normalize();
    assumeTrue(
        Files.isDirectory(folder),
        () -> "Left out: there is no " + folder + " (FACE_LOGIN_DATA says where the data is)");
    return folder;
  }

  /** The cells of a CSV file without its first line. */
  public static List<String[]> rows(Path csv) throws IOException {
    try (Stream<String> lines = Files.lines(csv)) {
      return lines.skip(1).filter(line -> !line.isBlank()).map(line -> line.split(",")).toList();
    }
  }
}
