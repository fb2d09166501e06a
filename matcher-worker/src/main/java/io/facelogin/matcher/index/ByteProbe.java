package io.facelogin.matcher.index;

import io.facelogin.jannoy.ByteRows;

/**
 * A probe in small whole numbers, with what that rounding can cost at most, so that no row that
 * could be the best is passed over. With u = q u' + f for the probe's direction and x = s x' + e
 * for a row: u·x = q s u'·x' + (u - f)·e + f·x, and by Cauchy and Schwarz the last two are at most
 * (1 + |f|) |e| + |f| |x|.
 */
final class ByteProbe {

  /** The longest template there may be: unit length with its tolerance. */
  private static final double LONGEST_ROW = 1.02;

  final float[] vector;
  final short[] numbers;

  /** What a row's own rounding counts, in units of products. */
  final float factor;

  private final double length;
  private final double step;
  private final double roundingAtMost;

  ByteProbe(float[] vector) {
    this.vector = vector;
    double squares = 0;
    double largest = 0;
    for (float value : vector) {
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    length = Math.sqrt(squares);
    if (!(length > 0)) {
      throw new IllegalArgumentException("A probe of length 0 resembles nobody");
    }
    step = largest / length / ByteRows.LARGEST_PROBE;
    numbers = new short[ByteRows.padded(vector.length)];
    double lost = 0;
    for (int i = 0; i < vector.length; i++) {
      double value = vector[i] / length;
      numbers[i] = (short) Math.round(value / step);
      double error = value - step * numbers[i];
      lost += error * error;
    }
    double error = Math.sqrt(lost);
    factor = (float) ((1 + error) / step);
    roundingAtMost = error * LONGEST_ROW + floatNoise(vector.length);
  }

  /** What a row must reach in units of products so that its similarity can be above the bar. */
  float bar(float similarity) {
    return (float) ((similarity / length - roundingAtMost) / step);
  }

  /** Sums of floats in any order stay this close to the true one. */
  static float floatNoise(int dimension) {
    return dimension * 0x1p-21f;
  }
}
