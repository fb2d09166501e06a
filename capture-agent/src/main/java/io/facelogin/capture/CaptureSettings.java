package io.facelogin.capture;

import java.time.Duration;

/**
 * Settings of the capture agent. Which cameras there are is no setting: they stand on the topic
 * {@code cameras}.
 *
 * @param openTimeout until a camera must have answered
 * @param stallTimeout without a picture for this long, a camera counts as away
 * @param firstRetry pause before the first attempt to get a camera back; doubles each time
 * @param longestRetry longest such pause
 * @param framesPerSecond limit for cameras that set none
 * @param jpegQuality 1 to 100; lowered for pictures that would be too large for the broker
 * @param framesInFlight of one camera, sent and not yet answered by the broker; above it the newest
 *     frame waits and older ones are dropped
 * @param brokerPatience after which an unanswered frame counts as dropped
 * @param statusInterval between two reports of a camera that has nothing new to say
 */
public record CaptureSettings(
    Duration openTimeout,
    Duration stallTimeout,
    Duration firstRetry,
    Duration longestRetry,
    float framesPerSecond,
    int jpegQuality,
    int framesInFlight,
    Duration brokerPatience,
    Duration statusInterval) {

  public CaptureSettings {
    positive(openTimeout, "openTimeout");
    positive(stallTimeout, "stallTimeout");
    positive(firstRetry, "firstRetry");
    positive(brokerPatience, "brokerPatience");
    positive(statusInterval, "statusInterval");
    if (longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "longestRetry must be at least firstRetry (" + firstRetry + "), got " + longestRetry);
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= 60)) {
      throw new IllegalArgumentException(
          "framesPerSecond must be above 0 and at most 60, got " + framesPerSecond);
    }
    if (jpegQuality < 1 || jpegQuality > 100) {
      throw new IllegalArgumentException("jpegQuality must be 1 to 100, got " + jpegQuality);
    }
    if (framesInFlight < 1) {
      throw new IllegalArgumentException(
          "framesInFlight must be at least 1, got " + framesInFlight);
    }
  }

  public static CaptureSettings defaults() {
    return new CaptureSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofMillis(250),
        Duration.ofSeconds(3),
        5,
        90,
        2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3));
  }

  private static void positive(Duration duration, String name) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be above zero, got " + duration);
    }
  }
}
