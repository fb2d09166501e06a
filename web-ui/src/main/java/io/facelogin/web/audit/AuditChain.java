package io.facelogin.web.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks the entries from the oldest on and finds the first that is not what it was, by computing
 * every hash anew. It needs no database: an export can be walked elsewhere. Not thread-safe.
 *
 * <p>The chain cannot tell that its newest entries were cut off, nor that somebody who may write to
 * the database has computed all of it anew. Both show to whoever kept a head: the hash of the
 * newest entry of an earlier day must still be in the chain.
 *
 * <p>Entries cut off in front ({@link #CUT}) are told from missing ones by an entry further on that
 * names the number and hash of the last one cut.
 */
public final class AuditChain {

  /** The action of the entry that tells where old entries were cut off. */
  public static final String CUT = "audit-cut";

  public static final String ZEROS = "0".repeat(64);

  private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
  private static final byte[] DOMAIN = "face-login audit 1".getBytes(StandardCharsets.UTF_8);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final @Nullable String wantedHead;
  private final Map<Long, String> cuts = new HashMap<>();
  private long first;
  private long last;
  private long entries;
  private String beforeFirst = ZEROS;
  private String head = ZEROS;
  private boolean headFound;
  private @Nullable String fault;
  private long faultAt;

  /**
   * @param wantedHead hash of an entry that must be in the chain, in hexadecimal digits; null for
   *     none
   */
  public AuditChain(@Nullable String wantedHead) {
    this.wantedHead = wantedHead;
  }

  /**
   * What the walk found.
   *
   * @param entries looked at
   * @param first number of the oldest entry: above 1 once old ones were cut off
   * @param head hash of the newest entry
   * @param headContained whether the wanted head is in the chain; null if none was asked for
   * @param brokenAt number of the first entry that is wrong; null if none is
   * @param fault what is wrong, in words; null if nothing is
   */
  public record Finding(
      boolean intact,
      long entries,
      long first,
      String head,
      @Nullable Boolean headContained,
      @Nullable Long brokenAt,
      @Nullable String fault) {}

  /** Takes the next entry; entries after the first fault are counted only. */
  public void add(AuditEntry entry) {
    entries++;
    if (fault == null) {
      judge(entry).ifPresent(words -> broken(entry.number(), words));
    }
    last = entry.number();
    head = entry.sha256();
    headFound |= entry.sha256().equals(wantedHead);
    if (entry.action().equals(CUT)) {
      rememberCut(entry);
    }
  }

  private Optional<String> judge(AuditEntry entry) {
    if (entries == 1) {
      first = entry.number();
      beforeFirst = entry.previousSha256();
    } else if (entry.number() != last + 1) {
      return Optional.of(
          entry.number() == last + 2
              ? "entry " + (last + 1) + " is missing"
              : "the entries between " + last + " and " + entry.number() + " are missing");
    } else if (!entry.previousSha256().equals(head)) {
      return Optional.of("entry " + entry.number() + " does not follow on the one before it");
    }
    return sha256(entry).equals(entry.sha256())
        ? Optional.empty()
        : Optional.of("entry " + entry.number() + " was changed");
  }

  private void broken(long number, String words) {
    faultAt = number;
    fault = words;
  }

  private void rememberCut(AuditEntry entry) {
    try {
      JsonNode details = JSON.readTree(entry.details());
      cuts.put(details.path("upTo").asLong(), details.path("sha256").asString(""));
    } catch (JacksonException e) {
      LOG.debug("Not what a cut writes: it vouches for nothing", e);
    }
  }

  public Finding finding() {
    if (entries == 0) {
      broken(1, "there is no entry at all, though every start writes one");
    } else if (fault == null && !isFirstVouchedFor()) {
      broken(first, "the entries before " + first + " are missing and no cut accounts for them");
    }
    Boolean contained = wantedHead == null ? null : headFound;
    return new Finding(
        fault == null && !Boolean.FALSE.equals(contained),
        entries,
        first,
        head,
        contained,
        fault == null ? null : faultAt,
        fault);
  }

  private boolean isFirstVouchedFor() {
    return first == 1 ? beforeFirst.equals(ZEROS) : beforeFirst.equals(cuts.get(first - 1));
  }

  /** The hash that the entry must have, in hexadecimal digits; the database computes the same. */
  static String sha256(AuditEntry entry) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(DOMAIN);
      out.write(HexFormat.of().parseHex(entry.previousSha256()));
      out.writeLong(entry.number());
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
      text(out, entry.actor());
      text(out, entry.action());
      text(out, entry.subject());
      text(out, entry.details());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return AuditEntry.hex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
