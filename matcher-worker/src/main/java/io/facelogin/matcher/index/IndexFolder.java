package io.facelogin.matcher.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Where index files lie: in memory, since they hold vectors in the plain and no disk may. They
 * outlive a restart of the process, not one of the machine; then the gallery is scanned until the
 * index is built anew.
 */
public final class IndexFolder {

  private static final Path MEMORY = Path.of("/dev/shm");

  private IndexFolder() {}

  /**
   * @param owner folder of the matcher whose index it is: the same one, the same index
   */
  public static Path inMemory(Path owner) throws IOException {
    String name = owner.toAbsolutePath().normalize().toString();
    Path folder =
        MEMORY.resolve(
            "face-login-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return folder;
  }
}
