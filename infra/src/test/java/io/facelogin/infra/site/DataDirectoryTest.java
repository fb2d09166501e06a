package io.facelogin.infra.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.infra.OutsideMissingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path folder;

  @Test
  void isHeldByOneAtATimeAndNamesTheHolder() {
    try (DataDirectory held = DataDirectory.take(folder)) {
      assertThatThrownBy(() -> DataDirectory.take(held.root()))
          .isInstanceOf(OutsideMissingException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
    }
    DataDirectory.take(folder).close();
  }

  @Test
  void keepsTheNameOfItsWorker() {
    String name;
    try (DataDirectory held = DataDirectory.take(folder)) {
      name = held.identity();
    }
    try (DataDirectory held = DataDirectory.take(folder)) {
      assertThat(held.identity()).isEqualTo(name);
    }
  }

  @Test
  void saysWhatToDoWhereItCannotWrite() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.take(file))
        .isInstanceOf(OutsideMissingException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
  }

  @Test
  void aServerFileOfADeadProcessDoesNotCount() throws Exception {
    Files.createDirectories(folder.resolve("run"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(
        folder.resolve("run/server.json"),
        "{\"url\":\"http://127.0.0.1:1\",\"token\":\"t\",\"pid\":" + dead.pid() + "}");
    assertThat(ServerFile.find(folder)).isEmpty();
  }

  @Test
  void aHalfWrittenServerFileDoesNotCount() throws Exception {
    var url = java.net.URI.create("http://127.0.0.1:1");
    java.nio.file.Files.createDirectories(folder.resolve("run"));
    new ServerFile(url, "token", ProcessHandle.current().pid(), folder.resolve("c.pem"))
        .write(folder);
    assertThat(ServerFile.find(folder)).isPresent();
    Path file = folder.resolve("run/server.json");
    byte[] whole = java.nio.file.Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      java.nio.file.Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThat(ServerFile.find(folder)).isEmpty();
    }
  }
}
