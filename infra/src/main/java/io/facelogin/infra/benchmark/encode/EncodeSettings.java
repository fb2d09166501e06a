package io.facelogin.infra.benchmark.encode;

import java.time.Duration;
import java.util.List;

/**
 * @param batches numbers of faces in one call
 * @param threads callers at once
 * @param facesPerSecond of the open loop; 0 for none
 * @param time for each model, batch and loop
 */
public record EncodeSettings(
    List<Integer> batches, int threads, boolean mirrored, double facesPerSecond, Duration time) {

  private static final int MOST_FACES = 256;
  private static final int MOST_THREADS = 64;

  public EncodeSettings {
    for (int batch : batches) {
      if (batch < 1 || batch > MOST_FACES) {
        throw new IllegalArgumentException("--batch must be 1 to " + MOST_FACES + ", got " + batch);
      }
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "--threads must be 1 to " + MOST_THREADS + ", got " + threads);
    }
    if (!(facesPerSecond >= 0 && facesPerSecond < 1e6)) {
      throw new IllegalArgumentException("--rate must be faces per second, got " + facesPerSecond);
    }
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("--seconds must be above 0");
    }
  }
}
