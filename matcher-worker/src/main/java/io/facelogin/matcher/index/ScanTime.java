package io.facelogin.matcher.index;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Times searches of the gallery as it is, with probes made from its own templates. */
final class ScanTime {

  private static final int SEARCHES = 31;

  /** The JIT compiler needs this to see that the loop is worth it. */
  static final Duration WARM_UP = Duration.ofMillis(1_500);

  private final Duration warmUp;

  ScanTime(Duration warmUp) {
    this.warmUp = warmUp;
  }

  double medianMs(
      int dimension,
      double cosine,
      SyntheticMates.Vectors vectors,
      int templates,
      Consumer<float[]> search)
      throws InterruptedException {
    Random random = new Random(1);
    long[] nanos = new long[SEARCHES];
    long warmUntil = System.nanoTime() + warmUp.toNanos();
    for (int i = 0; i < SEARCHES; ) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      float[] probe =
          SyntheticMates.like(vectors, random.nextInt(templates), dimension, cosine, random);
      long startedAt = System.nanoTime();
      search.accept(probe);
      nanos[i] = System.nanoTime() - startedAt;
      if (System.nanoTime() > warmUntil) {
        i++;
      }
    }
    Arrays.sort(nanos);
    return nanos[SEARCHES / 2] / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
