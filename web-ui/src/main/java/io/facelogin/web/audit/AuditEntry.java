package io.facelogin.web.audit;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit, as it is stored and exported.
 *
 * @param number from 1 on, without a gap
 * @param at to the microsecond
 * @param actor role and id
 * @param details JSON, byte for byte as it was hashed
 * @param previousSha256 of the entry before, in hexadecimal digits; zeros before the first
 * @param sha256 of this entry, in hexadecimal digits
 */
public record AuditEntry(
    long number,
    Instant at,
    String actor,
    String action,
    @Nullable String subject,
    String details,
    String previousSha256,
    String sha256) {

  static String hex(byte[] sha256) {
    return HexFormat.of().formatHex(sha256);
  }
}
