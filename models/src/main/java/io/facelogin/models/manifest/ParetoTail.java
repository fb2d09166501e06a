package io.facelogin.models.manifest;

import io.facelogin.models.manifest.ImpostorDistribution.Tail;

/**
 * Fits a generalised Pareto distribution to the highest similarities, by probability-weighted
 * moments (Hosking and Wallis 1987): no iteration, and steady for shapes between -0.5 and 0.5.
 */
final class ParetoTail {

  /** More of a bounded tail than this is not believed: who looks alike is not bounded by it. */
  private static final double LEAST_SHAPE = -0.25;

  private static final double MOST_SHAPE = 0.25;

  private ParetoTail() {}

  /**
   * @param peaks descending, at least 10
   * @param all how many pairs they are the highest of
   */
  static Tail fit(double[] peaks, long all) {
    if (peaks.length < 10) {
      throw new IllegalArgumentException("A tail needs 10 peaks, got " + peaks.length);
    }
    int n = peaks.length - 1;
    double from = peaks[n];
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      double excess = peaks[i] - from;
      mean += excess / n;
      // Descending: the share of peaks above this one is its chance of being exceeded.
      weighted += excess * (i + 0.65) / n / n;
    }
    // E[X] = scale / (1 - shape), E[X (1 - F)] = scale / (2 (2 - shape))
    double shape = 2 - mean / (mean - 2 * weighted);
    shape = Math.max(LEAST_SHAPE, Math.min(MOST_SHAPE, shape));
    double scale = mean * (1 - shape);
    return new Tail(
        Math.rint(from * 1e4) / 1e4,
        (double) (n + 1) / all,
        Math.rint(scale * 1e5) / 1e5,
        Math.rint(shape * 1e3) / 1e3);
  }
}
