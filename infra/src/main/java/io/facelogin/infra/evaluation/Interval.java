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
}
