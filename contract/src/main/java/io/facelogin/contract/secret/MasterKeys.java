package io.facelogin.contract.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The master key of a site, and those before it while something may still be sealed by them. Seals
 * by the newest, opens by any. Every process of a site has the same. Keys read from a file are read
 * again when it has changed, at the latest {@link #LOOK_EVERY} later, and when something turns up
 * that a newer key sealed; so a rotation needs no restart. Any number of threads.
 */
public final class MasterKeys {

  /** From then on nobody on this machine seals by a key that is not the newest of the file. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Clock clock;
  private final @Nullable Path file;
  private volatile Ring ring;
  private volatile Instant lookAt = Instant.MIN;
  private volatile FileTime changedAt = FileTime.fromMillis(0);

  /** Keys from the newest to the oldest, and those derived from them so far. */
  private record Ring(List<MasterKey> keys, Map<String, DataKey> derived) {

    static Ring of(List<MasterKey> keys) {
      return new Ring(List.copyOf(keys), new ConcurrentHashMap<>());
    }

    DataKey derived(MasterKey key, String kind, LocalDate day) {
      return derived.computeIfAbsent(
          key.id() + day.toEpochDay() + kind, name -> key.derive(kind, day));
    }

    Optional<MasterKey> find(String id) {
      return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
  }

  private MasterKeys(List<MasterKey> keys, @Nullable Path file, Clock clock) {
    this.clock = clock;
    this.file = file;
    ring = Ring.of(keys);
  }

  /**
   * @throws MasterKeyException if the file is not there, is readable by others, or holds no keys
   */
  public static MasterKeys read(Path file) {
    return read(file, Clock.systemUTC());
  }

  static MasterKeys read(Path file, Clock clock) {
    return new MasterKeys(MasterKeyFile.read(file), file, clock);
  }

  /**
   * Makes the file with a new key, readable by this user only, where there is none.
   *
   * @throws MasterKeyException if it cannot be made, or is there and holds no keys
   */
  public static MasterKeys readOrMake(Path file) {
    MasterKeyFile.makeMissing(file);
    return read(file);
  }

  /**
   * @param lines keys in Base64, the newest first, one a line or separated by commas
   * @throws MasterKeyException if these are no keys
   */
  public static MasterKeys parse(String lines, String origin) {
    return new MasterKeys(MasterKeyFile.parse(lines, origin), null, Clock.systemUTC());
  }

  /** A key that lives as long as this object: for tests and for what is thrown away at the end. */
  public static MasterKeys passing() {
    return new MasterKeys(List.of(MasterKey.fresh()), null, Clock.systemUTC());
  }

  /** Id of the key that seals; no secret. */
  public String currentId() {
    lookNowAndThen(clock.instant());
    return ring.keys().get(0).id();
  }

  /** Ids of all keys, from the newest to the oldest; no secrets. */
  public List<String> ids() {
    return ring.keys().stream().map(MasterKey::id).toList();
  }

  /**
   * @param kind what the bytes are, for instance the name of their topic; without line feeds
   * @param id whose or which
   */
  public byte[] seal(String kind, String id, byte[] plain) {
    Instant at = clock.instant();
    lookNowAndThen(at);
    Ring now = ring;
    LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return now.derived(now.keys().get(0), kind, today).seal(kind, id, plain);
  }

  /**
   * @throws BrokenSealException if none of these keys sealed it for this kind and id, or it was
   *     altered
   */
  public byte[] open(String kind, String id, byte[] sealed) {
    SealLayout.check(kind, id, sealed);
    byte[] keyId = SealLayout.keyId(sealed);
    String master = masterOf(keyId);
    if (ring.find(master).isEmpty()) {
      refresh();
    }
    Ring now = ring;
    MasterKey key =
        now.find(master)
            .orElseThrow(
                () ->
                    new BrokenSealException(
                        "%s %s was sealed by master key %s; here is %s"
                            .formatted(kind, id, master, String.join(", ", ids()))));
    LocalDate day = LocalDate.ofEpochDay(ByteBuffer.wrap(keyId).getInt(MasterKey.ID_BYTES));
    return now.derived(key, kind, day).open(kind, id, sealed);
  }

  /** Which master key sealed these bytes, by its id; empty if they are not sealed. */
  public static Optional<String> sealedBy(byte[] sealed) {
    return SealLayout.isSealed(sealed) && sealed.length >= SealLayout.OVERHEAD_BYTES
        ? Optional.of(masterOf(SealLayout.keyId(sealed)))
        : Optional.empty();
  }

  private static String masterOf(byte[] keyId) {
    return HexFormat.of().formatHex(Arrays.copyOf(keyId, MasterKey.ID_BYTES));
  }

  private void lookNowAndThen(Instant at) {
    Path origin = file;
    if (origin != null && !at.isBefore(lookAt)) {
      lookAt = at.plus(LOOK_EVERY);
      refreshIfChanged(origin);
    }
  }

  private void refreshIfChanged(Path origin) {
    try {
      FileTime found = Files.getLastModifiedTime(origin);
      if (!found.equals(changedAt)) {
        refresh();
        changedAt = found;
      }
    } catch (IOException | MasterKeyException e) {
      // Whoever needs the file to open something says so; what runs goes on with what it has.
    }
  }

  /** Reads the file again, if the keys came from one. */
  public synchronized void refresh() {
    Path origin = file;
    if (origin != null) {
      List<MasterKey> keys = MasterKeyFile.read(origin);
      if (!keys.stream().map(MasterKey::id).toList().equals(ids())) {
        ring = Ring.of(keys);
      }
    }
  }

  /** The ids alone. */
  @Override
  public String toString() {
    return "master keys " + ids();
  }
}
