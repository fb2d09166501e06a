package io.facelogin.infra.backup;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.KeptRecord;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.embedded.EmbeddedDatabase;
import io.facelogin.infra.embedded.EmbeddedKafka;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.backup.ArchiveInput;
import io.facelogin.web.backup.DatabaseImport;
import io.facelogin.web.backup.ErasedLedger;
import io.facelogin.web.backup.Manifest;
import io.facelogin.web.backup.Manifest.KeptTable;
import io.facelogin.web.backup.Manifest.KeptTopic;
import io.facelogin.web.backup.UnusableBackupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds a data directory from a backup: beside its place, and moved there when all of it is good.
 * Who was erased since stays away, and so does whoever is not in database and topics alike.
 */
public final class Restore {

  /** The keys of all other topics begin with the id of a person: only who is kept comes back. */
  private static final Set<String> NOT_OF_PEOPLE = Set.of(Topics.CAMERAS.name());

  private final Path archive;
  private final Path target;
  private final MasterKeys masters;
  private final Optional<Path> auditSince;
  private final boolean erasuresUnknown;
  private final Consumer<String> progress;

  /**
   * @param target must not exist, or be empty
   * @param auditSince export of the replaced site's audit, if there is one
   * @param erasuresUnknown whether to go on although nothing tells who was erased since
   */
  public Restore(
      Path archive,
      Path target,
      MasterKeys masters,
      Optional<Path> auditSince,
      boolean erasuresUnknown,
      Consumer<String> progress) {
    this.archive = archive.toAbsolutePath().normalize();
    this.target = target.toAbsolutePath().normalize();
    this.masters = masters;
    this.auditSince = auditSince;
    this.erasuresUnknown = erasuresUnknown;
    this.progress = progress;
  }

  /**
   * What came back.
   *
   * @param leftOut people of the backup who did not
   * @param erasedUntil up to when it is known who was erased; null if it is not
   */
  public record Result(
      Instant madeAt, int people, int leftOut, @Nullable Instant erasedUntil, Path target) {}

  /**
   * @throws UnusableBackupException if the file cannot be used; nothing is left behind then
   * @throws OutsideMissingException if the target cannot be written
   */
  public Result run() throws InterruptedException {
    requireEmpty();
    try (InputStream file = Files.newInputStream(archive);
        ArchiveInput opened = new ArchiveInput(file, archive.toString(), masters)) {
      Path parent = Optional.ofNullable(target.getParent()).orElse(target);
      Files.createDirectories(parent);
      Path building = Files.createTempDirectory(parent, "." + target.getFileName() + ".restoring-");
      try {
        Result result = build(opened, building);
        Files.deleteIfExists(target);
        Files.move(building, target, StandardCopyOption.ATOMIC_MOVE);
        return result;
      } finally {
        deleteAll(building);
      }
    } catch (IOException e) {
      throw new OutsideMissingException(
          "Cannot restore " + archive + " to " + target + " (" + e + ")", e);
    }
  }

  private void requireEmpty() {
    try {
      if (!Files.isRegularFile(archive)) {
        throw new UnusableBackupException("There is no file " + archive + ".");
      }
      if (Files.exists(target)) {
        try (Stream<Path> inside = Files.list(target)) {
          if (inside.findAny().isPresent()) {
            throw new UnusableBackupException(
                "The folder "
                    + target
                    + " is not empty. A backup is restored into a new one: choose it with --data.");
          }
        }
      }
    } catch (IOException e) {
      throw new OutsideMissingException("Cannot look into " + target + " (" + e + ")", e);
    }
  }

  private Result build(ArchiveInput opened, Path building)
      throws IOException, InterruptedException {
    ZipInputStream zip = new ZipInputStream(opened, StandardCharsets.UTF_8);
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(Manifest.ENTRY)) {
      throw new UnusableBackupException(archive + " does not begin with what is in it.");
    }
    Manifest manifest = JsonMapper.shared().readValue(zip.readAllBytes(), Manifest.class);
    Optional<ErasedLedger.Content> erased = erased(manifest);
    progress.accept("Restoring the site as it was at " + manifest.madeAt());
    try (EmbeddedDatabase database = EmbeddedDatabase.start(building.resolve("postgres"));
        DatabaseImport tables =
            new DatabaseImport(
                new DatabaseConnection(database.jdbcUrl(), database.user(), database.password()),
                manifest);
        EmbeddedKafka kafka = EmbeddedKafka.start(building.resolve("kafka"))) {
      for (KeptTable table : manifest.tables()) {
        requireEntry(zip, table.entry());
        progress.accept(table.name() + ": " + tables.copy(table, zip) + " rows");
      }
      Set<UUID> wanted = tables.people();
      int inBackup = wanted.size();
      erased.ifPresent(list -> wanted.removeAll(list.people().keySet()));
      Set<UUID> kept = new HashSet<>();
      try (TopicImport topics = new TopicImport(kafka.connection(), manifest.topics())) {
        for (KeptTopic topic : manifest.topics()) {
          requireEntry(zip, topic.entry());
          progress.accept(
              topic.name() + ": " + copy(topic, zip, topics, wanted, kept) + " records");
        }
      }
      if (zip.getNextEntry() != null) {
        throw new UnusableBackupException(archive + " holds more than it says.");
      }
      opened.finish();
      tables.finish(
          new DatabaseImport.Restored(
              opened.id(),
              manifest.madeAt(),
              Optional.ofNullable(archive.getParent()).orElse(archive),
              erased.map(ErasedLedger.Content::people).orElse(Map.of()),
              erased.map(ErasedLedger.Content::asOf).orElse(null)),
          kept);
      RestoredSettings.write(building, manifest.settings());
      return new Result(
          manifest.madeAt(),
          kept.size(),
          inBackup - kept.size(),
          erased.map(ErasedLedger.Content::asOf).orElse(null),
          target);
    } catch (SQLException | ExecutionException e) {
      throw new IllegalStateException("The backup does not fit into an empty site", e);
    }
  }

  private static long copy(
      KeptTopic topic, InputStream in, TopicImport topics, Set<UUID> wanted, Set<UUID> kept)
      throws IOException, ExecutionException, InterruptedException {
    boolean templates = topic.name().equals(Topics.GALLERY.name());
    boolean ofPeople = !NOT_OF_PEOPLE.contains(topic.name());
    long copied = 0;
    for (KeptRecord record = KeptRecord.parseDelimitedFrom(in);
        record != null;
        record = KeptRecord.parseDelimitedFrom(in)) {
      if (ofPeople) {
        UUID person = UUID.fromString(record.getKey().split("/", 2)[0]);
        if (!(templates ? wanted : kept).contains(person)) {
          continue;
        }
        kept.add(person);
      }
      topics.send(topic.name(), record);
      copied++;
    }
    topics.flush();
    return copied;
  }

  private void requireEntry(ZipInputStream zip, String name) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    if (entry == null || !entry.getName().equals(name)) {
      throw new UnusableBackupException(archive + " lacks " + name + ".");
    }
  }

  /** Of the list beside the backup and of the audit, whatever there is. */
  private Optional<ErasedLedger.Content> erased(Manifest manifest) throws IOException {
    Path folder = Optional.ofNullable(archive.getParent()).orElse(archive);
    Optional<ErasedLedger.Content> list = new ErasedLedger(folder, masters).read();
    Optional<ErasedLedger.Content> audit =
        auditSince.map(export -> ErasedSince.of(export, manifest.auditHead()));
    if (list.isEmpty() && audit.isEmpty() && !erasuresUnknown) {
      throw new UnusableBackupException(
          "Nothing tells who was erased since the backup was made, and whoever was must not come"
              + " back. Put "
              + ErasedLedger.FILE
              + ", which the site keeps in the folder that the backup was made into, beside it; or"
              + " export the audit of the site that is replaced (face-login audit export --out"
              + " FILE) and name it with --erased-since FILE. If neither is left, --erased-unknown"
              + " goes on without.");
    }
    if (list.isEmpty() || audit.isEmpty()) {
      return list.or(() -> audit);
    }
    Map<UUID, Instant> people = new HashMap<>(list.get().people());
    people.putAll(audit.get().people());
    Instant latest =
        Stream.of(list, audit)
            .flatMap(Optional::stream)
            .map(ErasedLedger.Content::asOf)
            .max(Instant::compareTo)
            .orElseThrow();
    return Optional.of(new ErasedLedger.Content(latest, people));
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
