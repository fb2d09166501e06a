package io.facelogin.matcher.index;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.jannoy.VectorArithmetic;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/**
 * Scans made-up rows until the JIT compiler has turned the loops of a scan into SIMD instructions.
 * Interpreted they take some hundred times as long: without this, the first decision after a start
 * took 2 to 5 s in a gallery of 5,000 people, and whatever came behind it waited. Takes two seconds
 * when cold, five on a machine with much else to do, milliseconds in a process that has scanned
 * already.
 */
public final class ScanWarmUp {

  private static final int ROWS = 256;
  private static final int PEOPLE = 2;

  /** Far more than are done before compiled code is there, and soon done by it. */
  private static final int SCANS = 4_000;

  /** A machine that is too busy to compile is not waited for. */
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private ScanWarmUp() {}

  /**
   * Returns when the loops for vectors of this length are fast.
   *
   * @return scans that were made
   */
  public static int run(int dimension) throws InterruptedException {
    Random random = new Random(1);
    try (ScanCrew crew = new ScanCrew()) {
      VectorRows rows = new VectorRows(dimension, VectorArithmetic.fastest(), crew);
      for (int row = 0; row < ROWS; row++) {
        String name = "made-up-" + row;
        rows.append(new Entry(new TemplateId(name), new PersonId(name)), made(dimension, random));
      }
      long until = System.nanoTime() + AT_MOST.toNanos();
      int scans = 0;
      while (scans < SCANS && System.nanoTime() < until) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        rows.scan(made(dimension, random), new BestPeople(PEOPLE, Set.of()));
        scans++;
      }
      return scans;
    }
  }

  private static float[] made(int dimension, Random random) {
    float[] vector = new float[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = random.nextFloat() - 0.5f;
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
