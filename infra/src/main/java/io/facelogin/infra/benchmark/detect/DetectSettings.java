package io.facelogin.infra.benchmark.detect;

import java.time.Duration;

/**
 * One measurement.
 *
 * @param batch pictures of one call
 * @param threads callers at once
 * @param framesPerSecond that arrive, whether the detector keeps up or not; 0: the next when the
 *     one before is done
 * @param warmUp before counting begins
 */
public record DetectSettings(
    int minFacePx,
    int batch,
    int threads,
    double framesPerSecond,
    Duration warmUp,
    Duration duration) {

  public DetectSettings {
    if (batch < 1 || batch > 64) {
      throw new IllegalArgumentException("batch must be 1 to 64, got " + batch);
    }
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads must be 1 to 64, got " + threads);
    }
    if (!(framesPerSecond >= 0 && framesPerSecond <= 10_000)) {
      throw new IllegalArgumentException(
          "framesPerSecond must be 0 to 10000, got " + framesPerSecond);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be above zero, got " + duration);
    }
  }
}
