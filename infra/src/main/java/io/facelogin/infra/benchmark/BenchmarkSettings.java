package io.facelogin.infra.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One measurement.
 *
 * @param videos played in turn by the cameras, over and over; empty: pictures made here, which show
 *     no face
 * @param framesPerSecond of each camera
 * @param warmUp before counting begins: classes are loaded, the code is compiled
 */
public record BenchmarkSettings(
    List<Path> videos, int cameras, float framesPerSecond, Duration warmUp, Duration duration) {

  public BenchmarkSettings {
    videos = List.copyOf(videos);
    if (cameras < 1 || cameras > 64) {
      throw new IllegalArgumentException("cameras must be 1 to 64, got " + cameras);
    }
    if (!(framesPerSecond >= 0.1f && framesPerSecond <= 60)) {
      throw new IllegalArgumentException(
          "framesPerSecond must be 0.1 to 60, got " + framesPerSecond);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be above zero, got " + duration);
    }
  }
}
