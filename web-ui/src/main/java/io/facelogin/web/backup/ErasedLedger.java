package io.facelogin.web.backup;

import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.MasterKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who was erased, by ids only, in a sealed file beside the backups: whoever restores one must know
 * whom to leave out. It only grows. Written anew as a whole and moved into its place.
 */
public final class ErasedLedger {

  /** In the folder of the backups. */
  public static final String FILE = "face-login.erased";

  private static final String KIND = "erased-ledger";
  private static final String ID = "1";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final MasterKeys masters;

  public ErasedLedger(Path folder, MasterKeys masters) {
    this.file = folder.resolve(FILE);
    this.masters = masters;
  }

  /**
   * @param asOf every erasure up to then is in it
   * @param people who was erased, and when
   */
  public record Content(Instant asOf, Map<UUID, Instant> people) {}

  /**
   * Empty if there is none.
   *
   * @throws UnusableBackupException if it was sealed by another master key, or altered
   */
  public Optional<Content> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] content = masters.open(KIND, ID, Files.readAllBytes(file));
      return Optional.of(JSON.readValue(content, Content.class));
    } catch (BrokenSealException | JacksonException e) {
      throw new UnusableBackupException(
          "The list of erased people "
              + file
              + " cannot be read: "
              + e.getMessage()
              + ". Backups of one site belong into a folder of their own; elsewhere, put back a"
              + " whole copy of the list.");
    }
  }

  /** Adds these to whoever is in it already. */
  public void add(Content more) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                file.resolveSibling(FILE + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Map<UUID, Instant> people = new TreeMap<>(more.people());
      Instant asOf = more.asOf();
      Optional<Content> before = read();
      if (before.isPresent()) {
        before.get().people().forEach(people::putIfAbsent);
        asOf = asOf.isAfter(before.get().asOf()) ? asOf : before.get().asOf();
      }
      Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new");
      try {
        Files.write(
            fresh, masters.seal(KIND, ID, JSON.writeValueAsBytes(new Content(asOf, people))));
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
  }
}
