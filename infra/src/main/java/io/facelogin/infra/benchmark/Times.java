package io.facelogin.infra.benchmark;

import java.util.Collection;

/**
 * How long something took, over all frames or clips.
 *
 * @param count 0: it never happened, and the times are 0 too
 */
public record Times(int count, double p50Ms, double p95Ms) {

  private static final double US_PER_MS = 1000;

  public static Times ofMicroseconds(Collection<Long> microseconds) {
    double[] sorted = microseconds.stream().mapToDouble(us -> us / US_PER_MS).sorted().toArray();
    return new Times(sorted.length, quantile(sorted, 0.5), quantile(sorted, 0.95));
  }

  /** The smallest value that at least this share does not exceed. */
  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int index = Math.max(0, (int) Math.ceil(share * sorted.length) - 1);
    return Math.round(sorted[index] * 10) / 10.0;
  }
}
