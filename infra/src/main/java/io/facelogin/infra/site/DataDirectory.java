package io.facelogin.infra.site;

import io.facelogin.infra.OutsideMissingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps all of a site, held by one process at a time: the operating system frees
 * the lock also when that process is killed.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String KAFKA = "kafka";

  private final Path root;
  private final FileLock lock;

  private DataDirectory(Path root, FileLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Creates the folder if it is not there and takes it.
   *
   * @throws OutsideMissingException if it cannot be written or another process holds it
   */
  public static DataDirectory take(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    Path lockFile = root.resolve("run").resolve("lock");
    Path pidFile = root.resolve("run").resolve("pid");
    try {
      Files.createDirectories(lockFile.getParent());
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new OutsideMissingException(
            "face-login runs already on the data directory "
                + root
                + " (pid "
                + read(pidFile)
                + "). Stop it, or choose another folder with --data.");
      }
      Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
      return new DataDirectory(root, lock);
    } catch (IOException e) {
      throw new OutsideMissingException(
          "Cannot write to the data directory "
              + root
              + " ("
              + e
              + "). Give this user write"
              + " permission there, or choose another folder with --data.",
          e);
    }
  }

  /** Whether a site was ever started on it. */
  public static boolean holdsSite(Path directory) {
    return Files.isDirectory(directory.resolve(KAFKA));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static String read(Path pidFile) {
    try {
      return Files.readString(pidFile, StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      return "unknown";
    }
  }

  public Path root() {
    return root;
  }

  public Path kafka() {
    return root.resolve(KAFKA);
  }

  public Path postgres() {
    return root.resolve("postgres");
  }

  /** LMDB and the index of the matcher. */
  public Path matcher() {
    return root.resolve("matcher");
  }

  /** Weights fetched on demand. */
  public Path models() {
    return root.resolve("models");
  }

  /**
   * A name for the worker that lives here, made at the first call and kept: a matcher that comes
   * back under its old name goes on at once.
   */
  public String identity() {
    Path file = root.resolve("run").resolve("identity");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, "worker-" + UUID.randomUUID());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new OutsideMissingException("Cannot write " + file + " (" + e + ")", e);
    }
  }

  /** What lives as long as the process. */
  public Path run() {
    return root.resolve("run");
  }

  public Path logFile() {
    return logFile(root);
  }

  /** Known before the folder is taken, so that all can be logged there. */
  public static Path logFile(Path directory) {
    return directory.resolve("logs").resolve("face-login.log");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(run().resolve("pid"));
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot free the data directory " + root, e);
    }
  }
}
