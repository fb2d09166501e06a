package io.facelogin.web.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed; what it says itself is nowhere.
 *
 * @param lasting the administrator's link
 * @param createdBy as the audit names him
 * @param expiresAt null for never
 * @param lastUsedAt to the minute; null if not yet
 */
record AccessToken(
    UUID id,
    String name,
    Role role,
    boolean lasting,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  enum State {
    VALID,
    EXPIRED,
    REVOKED
  }

  State state(Instant now) {
    if (revokedAt != null) {
      return State.REVOKED;
    }
    return expiresAt != null && !expiresAt.isAfter(now) ? State.EXPIRED : State.VALID;
  }
}
