package io.facelogin.detector;

import java.time.Duration;

/**
 * Which pictures of a track go on to the encoder.
 *
 * @param firstPictures the first good ones all do; as many as the matcher needs to decide
 * @param betterBy a later one does if its quality is this many times the best so far
 * @param poseDegrees a later one does if the head is turned this far from every pose so far
 * @param spacing at least, between those two and the one before
 * @param interval after this long the next good one does, whatever it shows
 */
public record SelectionSettings(
    int firstPictures, float betterBy, float poseDegrees, Duration spacing, Duration interval) {

  public SelectionSettings {
    Limits.atLeast(1, firstPictures, "firstPictures");
    if (!(betterBy >= 1)) {
      throw new IllegalArgumentException("betterBy must be at least 1, got " + betterBy);
    }
    if (!(poseDegrees > 0)) {
      throw new IllegalArgumentException("poseDegrees must be above zero, got " + poseDegrees);
    }
    Limits.positive(spacing, "spacing");
    Limits.positive(interval, "interval");
  }

  public static SelectionSettings defaults() {
    return new SelectionSettings(3, 1.2f, 15, Duration.ofMillis(150), Duration.ofMillis(500));
  }
}
