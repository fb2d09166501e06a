package io.facelogin.contract.secret;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of the master keys: one a line in Base64, the newest first; readable by its owner only.
 */
public final class MasterKeyFile {

  /** What the group and the others may not do with it. */
  private static final Set<PosixFilePermission> TOO_OPEN =
      PosixFilePermissions.fromString("---rwxrwx");

  private MasterKeyFile() {}

  static List<MasterKey> read(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.stream().anyMatch(TOO_OPEN::contains)) {
        throw new MasterKeyException(
            "The master key file %s may be read by others (%s). Run chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(permissions), file));
      }
      return parse(Files.readString(file), "The master key file " + file);
    } catch (NoSuchFileException e) {
      throw new MasterKeyException(
          "There is no master key file "
              + file
              + ". Without the key that sealed the data nobody can open it: put the file back.");
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " cannot be read (" + e + ")");
    }
  }

  static List<MasterKey> parse(String text, String origin) {
    List<MasterKey> keys = new ArrayList<>();
    for (String line : text.strip().split("[\\s,]+")) {
      try {
        keys.add(MasterKey.parse(line));
      } catch (IllegalArgumentException e) {
        // The cause would quote a part of the key.
        throw new MasterKeyException(
            origin + " must hold keys of " + MasterKey.BYTES + " bytes in Base64, one a line");
      }
    }
    return keys;
  }

  static void makeMissing(Path file) {
    try {
      if (!Files.exists(file)) {
        Path folder = folderOf(file);
        if (!Files.exists(folder)) {
          Files.createDirectories(folder, permissions("rwx------"));
        }
        Path fresh = written(folder, List.of(MasterKey.fresh()));
        try {
          // Unlike a move, a link never replaces the key that another process made meanwhile.
          Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
          // That one is as good.
        } finally {
          Files.delete(fresh);
        }
      }
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " cannot be made (" + e + ")");
    }
  }

  /**
   * Puts a new key before those of the file: from now on it seals, and the others still open.
   *
   * @return the id of the new key
   * @throws MasterKeyException if the file holds no keys or cannot be replaced
   */
  public static String add(Path file) {
    List<MasterKey> keys = new ArrayList<>(read(file));
    keys.add(0, MasterKey.fresh());
    replace(file, keys);
    return keys.get(0).id();
  }

  /**
   * Takes all but the newest key out of the file: what only they could open is lost for good.
   *
   * @return the ids of those taken out
   * @throws MasterKeyException if the file holds no keys or cannot be replaced
   */
  public static List<String> forgetOlder(Path file) {
    List<MasterKey> keys = read(file);
    if (keys.size() > 1) {
      replace(file, keys.subList(0, 1));
    }
    return keys.stream().skip(1).map(MasterKey::id).toList();
  }

  private static void replace(Path file, List<MasterKey> keys) {
    try {
      Files.move(written(folderOf(file), keys), file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new MasterKeyException(
          "The master key file " + file + " cannot be replaced (" + e + ")");
    }
  }

  private static Path written(Path folder, List<MasterKey> keys) throws IOException {
    Path fresh = Files.createTempFile(folder, "new", ".key", permissions("rw-------"));
    Files.writeString(
        fresh, keys.stream().map(key -> key.toBase64() + "\n").collect(Collectors.joining()));
    return fresh;
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("/") : folder;
  }

  private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }
}
