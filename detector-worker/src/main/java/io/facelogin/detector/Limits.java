package io.facelogin.detector;

import java.time.Duration;

/** Refuses impossible settings by name. */
final class Limits {

  private Limits() {}

  static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
    }
  }

  static void positive(Duration duration, String name) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be above zero, got " + duration);
    }
  }
}
