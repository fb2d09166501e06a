package io.facelogin.matcher.liveness;

import java.util.List;

/**
 * Whether pictures of one track show one person: more similar than all but few pairs of different
 * people. A turned head resembles its straight look less than another straight look does, so this
 * asks for less than recognising somebody does; who stands in for somebody else while the challenge
 * lasts must be one in a hundred.
 */
public final class SamePerson {

  /** Share of pairs of different people that are as similar. */
  public static final double FALSE_MATCH_RATE = 1e-2;

  private final float leastCosine;

  /**
   * @param leastCosine that only {@link #FALSE_MATCH_RATE} of pairs of different people reach
   */
  public SamePerson(float leastCosine) {
    this.leastCosine = leastCosine;
  }

  /**
   * @param vectors of unit length
   * @param other of unit length
   * @return whether it resembles the mean of the vectors; there is at least one
   */
  boolean isSame(List<float[]> vectors, float[] other) {
    double along = 0;
    double square = 0;
    for (int i = 0; i < other.length; i++) {
      double sum = 0;
      for (float[] vector : vectors) {
        sum += vector[i];
      }
      along += sum * other[i];
      square += sum * sum;
    }
    // Not a number, or nothing to compare with: not the same.
    return along / Math.sqrt(square) >= leastCosine;
  }
}
