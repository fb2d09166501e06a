package io.facelogin.detector;

import java.time.Duration;

/**
 * Settings of the detector.
 *
 * @param minFacePx smallest face worth looking for, the side of its box, where the camera sets none
 * @param maxFaces of one frame; the largest ones count
 * @param maxFrameAge older live frames are dropped unseen; a still picture never is
 * @param skipAge a live frame older than this is skipped when a newer one of its camera waits
 *     beside it
 * @param trackTimeout a face that was away for longer comes back as a new track
 * @param maxPollFrames most frames decoded and detected together; bounds memory, 6 MB each at 1080p
 */
public record DetectorSettings(
    int minFacePx,
    int maxFaces,
    Duration maxFrameAge,
    Duration skipAge,
    Duration trackTimeout,
    int maxPollFrames) {

  public DetectorSettings {
    atLeast(12, minFacePx, "minFacePx");
    atLeast(1, maxFaces, "maxFaces");
    atLeast(1, maxPollFrames, "maxPollFrames");
    positive(maxFrameAge, "maxFrameAge");
    positive(skipAge, "skipAge");
    positive(trackTimeout, "trackTimeout");
  }

  public static DetectorSettings defaults() {
    return new DetectorSettings(
        40, 20, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(1500), 8);
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
    }
  }

  private static void positive(Duration duration, String name) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be above zero, got " + duration);
    }
  }
}
