package io.facelogin.encoder;

import io.facelogin.contract.v1.Purpose;
import java.util.Set;

/**
 * Settings of the encoder.
 *
 * @param mirror encode each face together with its mirror image: more accurate, twice the time
 * @param encodePoorFor purposes for which faces of poor quality are encoded too; for all others
 *     they go on without a vector, with their reasons; of a track the detector sends good pictures
 *     only, so this is for stills and enrolments
 * @param maxPollRecords most frames whose faces are encoded in one call
 */
public record EncoderSettings(boolean mirror, Set<Purpose> encodePoorFor, int maxPollRecords) {

  public EncoderSettings {
    encodePoorFor = Set.copyOf(encodePoorFor);
    if (maxPollRecords < 1) {
      throw new IllegalArgumentException(
          "maxPollRecords must be at least 1, got " + maxPollRecords);
    }
  }

  public static EncoderSettings defaults() {
    return new EncoderSettings(true, Set.of(), 32);
  }
}
