package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.TestFaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code face-login} itself, with the flags that it gives to the JVM. */
class ScriptIT {

  private static final Path SCRIPT = Path.of("..", "face-login").toAbsolutePath().normalize();

  @Test
  void commandsThatLookAtPicturesWorkInTheirShortLivedJvm(@TempDir Path folder) throws Exception {
    Path group = Files.write(folder.resolve("group.jpg"), TestFaces.group());
    assertThat(output(folder, 0, "detect", group.toString())).contains("group.jpg", "5 faces");
    assertThat(output(folder, 0, "verify", group.toString(), group.toString())).isNotBlank();
  }

  @Test
  void aMistakeEndsWithItsOwnExitCode(@TempDir Path folder) throws Exception {
    assertThat(output(folder, 2, "detect", folder.resolve("nothing.jpg").toString()))
        .contains("nothing.jpg");
    assertThat(output(folder, 2, "people", "--data", folder.toString()))
        .contains("There is no site", "--data");
    assertThat(folder).isEmptyDirectory();
  }

  private static String output(Path folder, int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
    return said;
  }
}
