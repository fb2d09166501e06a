package io.facelogin.infra.evaluation;

import java.util.Arrays;

/** From where to where a rate lies with 95 % confidence. */
public record Interval(double low, double high) {

  /** Of the rates of many samples drawn anew: what the middle 95 % of them reach. */
  static Interval ofSamples(double[] rates) {
    double[] ascending = rates.clone();
    Arrays.sort(ascending);
    int last = ascending.length - 1;
    return new Interval(
        ascending[(int) Math.round(0.025 * last)], ascending[(int) Math.round(0.975 * last)]);
  }

  /**
   * Of a rate of errors of which none was seen in so many independent trials: the rule of three
   * (Hanley and Lippman-Hand 1983).
   */
  static Interval ofNone(long trials) {
    return new Interval(0, trials == 0 ? 1 : Math.min(1, 3.0 / trials));
  }

  /**
   * Of a share that was counted: Wilson's score interval; where nothing was counted, the rule of
   * three.
   */
  public static Interval ofShare(int counted, int trials) {
    if (counted == 0 || trials == 0) {
      return ofNone(trials);
    }
    double z = 1.959964;
    double share = (double) counted / trials;
    double scale = 1 + z * z / trials;
    double centre = (share + z * z / (2 * trials)) / scale;
    double half =
        z / scale * Math.sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
