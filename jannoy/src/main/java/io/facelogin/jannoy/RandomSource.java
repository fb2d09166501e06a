package io.facelogin.jannoy;

/**
 * Marsaglia's KISS generator with 64-bit state, the one that the original's bindings use: the same
 * seed gives the same trees. Not for secrets.
 */
final class RandomSource {

  private long congruential = 1066149217761810L;
  private long xorShift = 362436362436362436L;
  private long multiply;
  private long carry = 123456123456123456L;

  RandomSource(long seed) {
    multiply = seed;
  }

  private long next() {
    congruential = 6906969069L * congruential + 1234567;
    xorShift ^= xorShift << 13;
    xorShift ^= xorShift >>> 17;
    xorShift ^= xorShift << 43;
    long shifted = (multiply << 58) + carry;
    carry = multiply >>> 6;
    multiply += shifted;
    if (Long.compareUnsigned(multiply, shifted) < 0) {
      carry++;
    }
    return multiply + xorShift + congruential;
  }

  /** A number from 0 to bound - 1. */
  int index(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  boolean flip() {
    return (next() & 1) == 1;
  }
}
