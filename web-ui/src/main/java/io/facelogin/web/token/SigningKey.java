package io.facelogin.web.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key without the key itself.
 *
 * @param id as tokens name it in their header ({@code kid})
 * @param retiredAt since when another signs; null while this one does
 * @param dropAt when the last token signed with it has run out and it leaves the key set; null
 *     while it signs
 */
public record SigningKey(
    String id, Instant createdAt, @Nullable Instant retiredAt, @Nullable Instant dropAt) {

  boolean signs() {
    return retiredAt == null;
  }
}
