package io.facelogin.jannoy;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest vectors of this CPU, four sums at a time to hide the latency of the fused
 * multiply-add. Only {@code fromArray} is used, since loading from buffers was renamed between JDK
 * 17 and 21.
 */
final class SimdArithmetic implements VectorArithmetic {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    int lanes = SPECIES.length();
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    int i = 0;
    for (int end = length - 4 * lanes; i <= end; i += 4 * lanes) {
      sum0 = product(a, aOffset + i, b, bOffset + i, sum0);
      sum1 = product(a, aOffset + i + lanes, b, bOffset + i + lanes, sum1);
      sum2 = product(a, aOffset + i + 2 * lanes, b, bOffset + i + 2 * lanes, sum2);
      sum3 = product(a, aOffset + i + 3 * lanes, b, bOffset + i + 3 * lanes, sum3);
    }
    for (; i <= length - lanes; i += lanes) {
      sum0 = product(a, aOffset + i, b, bOffset + i, sum0);
    }
    float sum = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sum += a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  private static FloatVector product(
      float[] a, int aOffset, float[] b, int bOffset, FloatVector sum) {
    return FloatVector.fromArray(SPECIES, a, aOffset)
        .fma(FloatVector.fromArray(SPECIES, b, bOffset), sum);
  }

  @Override
  public float squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length) {
    int lanes = SPECIES.length();
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    int i = 0;
    for (int end = length - 2 * lanes; i <= end; i += 2 * lanes) {
      sum0 = square(a, aOffset + i, b, bOffset + i, sum0);
      sum1 = square(a, aOffset + i + lanes, b, bOffset + i + lanes, sum1);
    }
    for (; i <= length - lanes; i += lanes) {
      sum0 = square(a, aOffset + i, b, bOffset + i, sum0);
    }
    float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      float difference = a[aOffset + i] - b[bOffset + i];
      sum += difference * difference;
    }
    return sum;
  }

  private static FloatVector square(
      float[] a, int aOffset, float[] b, int bOffset, FloatVector sum) {
    FloatVector difference =
        FloatVector.fromArray(SPECIES, a, aOffset).sub(FloatVector.fromArray(SPECIES, b, bOffset));
    return difference.fma(difference, sum);
  }

  @Override
  public String toString() {
    return "SIMD of " + SPECIES.vectorBitSize() + " bits";
  }
}
