package io.facelogin.jannoy;

/** Plain loops in ascending order, one float sum. */
final class SequentialArithmetic implements VectorArithmetic {

  static final SequentialArithmetic INSTANCE = new SequentialArithmetic();

  private SequentialArithmetic() {}

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  @Override
  public float squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      float difference = a[aOffset + i] - b[bOffset + i];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public String toString() {
    return "sequential";
  }
}
