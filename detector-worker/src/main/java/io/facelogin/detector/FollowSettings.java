package io.facelogin.detector;

import java.time.Duration;

/**
 * When a camera's picture is searched as a whole, and when only where faces were and it changed.
 *
 * @param fullSearch while something moves, the whole picture is searched this often
 * @param stillSearch and this often where nothing changed
 * @param rest a place that keeps changing is searched this often in between
 * @param mostChanged share of the picture; if more of it changed, all of it is searched
 * @param maxCameras the camera silent for longest is forgotten first
 */
public record FollowSettings(
    Duration fullSearch, Duration stillSearch, Duration rest, float mostChanged, int maxCameras) {

  public FollowSettings {
    Limits.positive(fullSearch, "fullSearch");
    Limits.positive(stillSearch, "stillSearch");
    if (rest.isNegative()) {
      throw new IllegalArgumentException("rest must not be negative, got " + rest);
    }
    if (!(mostChanged > 0 && mostChanged <= 1)) {
      throw new IllegalArgumentException(
          "mostChanged must be above 0 and at most 1, got " + mostChanged);
    }
    Limits.atLeast(1, maxCameras, "maxCameras");
  }

  public static FollowSettings defaults() {
    return new FollowSettings(
        Duration.ofMillis(600), Duration.ofSeconds(5), Duration.ofMillis(80), 0.5f, 256);
  }
}
