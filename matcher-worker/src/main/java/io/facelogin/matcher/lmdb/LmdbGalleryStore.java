package io.facelogin.matcher.lmdb;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.contract.v1.Template;
import io.facelogin.matcher.gallery.DamagedGalleryException;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.GalleryStore;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TemplateRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gallery in LMDB, a derived copy of the topic that may be thrown away at any time. Templates:
 * id to CRC32C and record, sealed by the person's key, which is not in here. Offsets: partition to
 * the next record to read, written in the same transaction. A 2 KB vector takes a 4 KB page.
 *
 * <p>Used by one thread at a time. Byte arrays instead of buffers, since those would need openings
 * of the JVM; a million templates are read in seconds all the same.
 */
public final class LmdbGalleryStore implements GalleryStore {

  private static final Logger LOG = LoggerFactory.getLogger(LmdbGalleryStore.class);
  private static final String DATA_FILE = "data.mdb";
  private static final byte[] SOURCE_KEY = "source".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FOLLOWED_KEY = "followed-until-ms".getBytes(StandardCharsets.UTF_8);

  /**
   * The topic keeps tombstones for 30 days: who slept longer would never hear of somebody erased
   * meanwhile.
   */
  private static final Duration LONGEST_SLEEP = Duration.ofDays(25);

  private static final int CHECKSUM_BYTES = 4;

  private final Env<byte[]> env;
  private final Dbi<byte[]> templates;
  private final Dbi<byte[]> offsets;
  private final Dbi<byte[]> about;
  private final PersonKeys keys;
  private final Clock clock;
  private long mapBytes;

  private LmdbGalleryStore(Env<byte[]> env, long mapBytes, PersonKeys keys, Clock clock) {
    this.env = env;
    this.keys = keys;
    this.clock = clock;
    this.mapBytes = mapBytes;
    templates = env.openDbi("templates", DbiFlags.MDB_CREATE);
    offsets = env.openDbi("offsets", DbiFlags.MDB_CREATE);
    about = env.openDbi("about", DbiFlags.MDB_CREATE);
  }

  /**
   * Opens or makes the store in a folder.
   *
   * @param source names the topic that this is a copy of; a store of another is damaged in effect
   * @param mapBytes room to begin with; a sparse file
   * @param keys of the people in it
   * @throws DamagedGalleryException if the files are there but not whole, of another source, or so
   *     old that tombstones may be gone
   */
  public static LmdbGalleryStore open(
      Path folder, String source, long mapBytes, PersonKeys keys, Clock clock) throws IOException {
    Files.createDirectories(folder);
    Path data = folder.resolve(DATA_FILE);
    long room = Files.exists(data) ? Math.max(mapBytes, Files.size(data)) : mapBytes;
    Env<byte[]> env = openEnv(folder, room);
    try {
      checkWhole(env, data);
      LmdbGalleryStore store = new LmdbGalleryStore(env, room, keys, clock);
      store.claim(source);
      store.checkAge();
      return store;
    } catch (LmdbException e) {
      env.close();
      throw new DamagedGalleryException("The gallery in " + folder + " cannot be read", e);
    } catch (RuntimeException | Error e) {
      env.close();
      throw e;
    }
  }

  private static Env<byte[]> openEnv(Path folder, long mapBytes) {
    try {
      return Env.create(ByteArrayProxy.PROXY_BA)
          .setMapSize(mapBytes)
          .setMaxDbs(3)
          .open(folder.toFile());
    } catch (LmdbException e) {
      throw new DamagedGalleryException("The gallery in " + folder + " cannot be opened", e);
    }
  }

  /** A file that ends before its last page would kill the process on reading, so look first. */
  private static void checkWhole(Env<byte[]> env, Path data) throws IOException {
    long wanted = (env.info().lastPageNumber + 1) * env.stat().pageSize;
    if (Files.size(data) < wanted) {
      throw new DamagedGalleryException(
          data + " has " + Files.size(data) + " bytes, " + wanted + " are in use");
    }
  }

  private void claim(String source) {
    byte[] wanted = source.getBytes(StandardCharsets.UTF_8);
    byte[] found;
    try (Txn<byte[]> read = env.txnRead()) {
      found = about.get(read, SOURCE_KEY);
    }
    if (found == null) {
      write(txn -> about.put(txn, SOURCE_KEY, wanted));
    } else if (!source.equals(new String(found, StandardCharsets.UTF_8))) {
      throw new DamagedGalleryException(
          "The gallery on disk is a copy of topic "
              + new String(found, StandardCharsets.UTF_8)
              + ", the broker has "
              + source);
    }
  }

  private void checkAge() {
    byte[] found;
    try (Txn<byte[]> read = env.txnRead()) {
      found = about.get(read, FOLLOWED_KEY);
    }
    if (found != null) {
      Instant until = Instant.ofEpochMilli(ByteBuffer.wrap(found).getLong());
      if (until.isBefore(clock.instant().minus(LONGEST_SLEEP))) {
        throw new DamagedGalleryException(
            "The gallery on disk was last followed at "
                + until
                + ", more than "
                + LONGEST_SLEEP.toDays()
                + " days ago: it may hold people who were erased since");
      }
    }
  }

  @Override
  public void apply(List<GalleryChange> changes, Map<Integer, Long> nextOffsets) {
    write(
        txn -> {
          for (GalleryChange change : changes) {
            if (change instanceof GalleryChange.Enrolled enrolled) {
              Reference reference = enrolled.reference();
              // Without a key the person was erased meanwhile.
              keys.find(reference.person())
                  .ifPresent(
                      sealing ->
                          templates.put(
                              txn,
                              key(reference.template().value()),
                              encode(
                                  PersonSeals.seal(TemplateRecords.toRecord(reference), sealing))));
            } else if (change instanceof GalleryChange.Erased erased) {
              templates.delete(txn, key(erased.template().value()));
            }
          }
          nextOffsets.forEach(
              (partition, offset) ->
                  offsets.put(txn, key(Integer.toString(partition)), key(Long.toString(offset))));
          about.put(
              txn, FOLLOWED_KEY, ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array());
        });
  }

  private void write(Consumer<Txn<byte[]>> work) {
    while (true) {
      try (Txn<byte[]> txn = env.txnWrite()) {
        work.accept(txn);
        txn.commit();
        return;
      } catch (Env.MapFullException e) {
        LOG.info("The gallery's map of {} bytes is full and doubles", mapBytes);
      }
      mapBytes *= 2;
      env.setMapSize(mapBytes);
    }
  }

  @Override
  public Map<Integer, Long> nextOffsets() {
    Map<Integer, Long> result = new HashMap<>();
    try (Txn<byte[]> txn = env.txnRead();
        CursorIterable<byte[]> all = offsets.iterate(txn)) {
      for (CursorIterable.KeyVal<byte[]> each : all) {
        result.put(
            Integer.parseInt(new String(each.key(), StandardCharsets.UTF_8)),
            Long.parseLong(new String(each.val(), StandardCharsets.UTF_8)));
      }
    } catch (NumberFormatException e) {
      throw new DamagedGalleryException("An offset of the gallery is no number", e);
    }
    return result;
  }

  @Override
  public void forEach(Consumer<Reference> each) {
    try (Txn<byte[]> txn = env.txnRead();
        CursorIterable<byte[]> all = templates.iterate(txn)) {
      for (CursorIterable.KeyVal<byte[]> entry : all) {
        Template sealed = decode(entry.val());
        keys.find(new PersonId(sealed.getPersonId()))
            .ifPresent(sealing -> each.accept(open(sealed, sealing)));
      }
    }
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encode(Template sealed) {
    byte[] record = sealed.toByteArray();
    return ByteBuffer.allocate(CHECKSUM_BYTES + record.length)
        .putInt(checksum(record, 0, record.length))
        .put(record)
        .array();
  }

  private static Template decode(byte[] value) {
    if (value.length <= CHECKSUM_BYTES
        || ByteBuffer.wrap(value).getInt()
            != checksum(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES)) {
      throw new DamagedGalleryException("A template of the gallery has a wrong checksum");
    }
    ByteBuffer record = ByteBuffer.wrap(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES);
    try {
      return Template.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      throw new DamagedGalleryException("A template of the gallery cannot be read", e);
    }
  }

  private static Reference open(Template sealed, DataKey key) {
    try {
      return TemplateRecords.toReference(PersonSeals.open(sealed, key));
    } catch (BrokenSealException | IllegalArgumentException e) {
      throw new DamagedGalleryException("A template of the gallery cannot be opened", e);
    }
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return (int) checksum.getValue();
  }

  @Override
  public void close() {
    env.close();
  }

  /**
   * Moves a damaged store out of the way, for whoever wants to look into it; an older one set aside
   * before is removed, since templates of people who were erased must not lie around.
   */
  public static Path setAside(Path folder) {
    Path aside = folder.resolveSibling(folder.getFileName() + ".damaged");
    try {
      remove(aside);
      Files.move(folder, aside);
      return aside;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot set aside the damaged gallery in " + folder, e);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
