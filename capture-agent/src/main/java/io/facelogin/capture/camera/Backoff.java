package io.facelogin.capture.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts to get a camera back: doubling up to a bound, each one shortened by up to
 * half at random, so that a hundred cameras behind one switch do not come back at the same instant.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  public Duration next() {
    long millis = next.toMillis();
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }

  /** After a success. */
  public void reset() {
    next = first;
  }
}
