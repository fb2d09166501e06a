package io.facelogin.models.manifest;

import io.facelogin.models.manifest.ImpostorDistribution.Tail;

/**
 * Fits a generalised Pareto distribution to the highest similarities, by probability-weighted
 * moments (Hosking and Wallis 1987): no iteration, and steady for shapes between -0.5 and 0.5. The
 * shape is then taken one standard error upwards: a tail that is too short lets strangers in, one
 * that is too long asks for a second look. Without that, thresholds from 330 people let in three
 * times as many strangers of a gallery of 1,000 as promised (face-login benchmark fpir).
 */
final class ParetoTail {

  /** A tail that ends sooner is not believed: lookalikes are not bounded by those seen. */
  private static final double LEAST_SHAPE = -0.15;

  private static final double MOST_SHAPE = 0.25;
  private static final double LEAST_SCALE = 1e-4;

  /** Standard error of the shape near 0, times the root of the number of independent peaks. */
  private static final double SHAPE_ERROR = 1.15;

  /** Of the peaks: at similarity 0.45 5,038 pairs of LFW are 3,196 pairs of people. */
  private static final double INDEPENDENT_SHARE = 0.6;

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
    if (mean < LEAST_SCALE) {
      // Copies of the same pictures: nothing can be learnt but where they are.
      return new Tail(from, (double) (n + 1) / all, LEAST_SCALE, 0);
    }
    double shape = 2 - mean / (mean - 2 * weighted);
    shape += SHAPE_ERROR / Math.sqrt(INDEPENDENT_SHARE * n);
    shape = Math.max(LEAST_SHAPE, Math.min(MOST_SHAPE, shape));
    double scale = mean * (1 - shape);
    return new Tail(
        Math.rint(from * 1e4) / 1e4,
        (double) (n + 1) / all,
        Math.rint(scale * 1e5) / 1e5,
        Math.rint(shape * 1e3) / 1e3);
  }
}
