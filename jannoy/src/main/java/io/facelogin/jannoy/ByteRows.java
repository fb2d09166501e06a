package io.facelogin.jannoy;

/**
 * Compares one probe with many rows of bytes. Rows lie in groups of {@link #GROUP}, number by
 * number side by side, so that every lane of a vector sums a row of its own and nothing is added
 * across lanes. Sums are exact: eight products of a byte of at most {@link #LARGEST_CODE} and a
 * probe number of at most {@link #LARGEST_PROBE} fit into 16 bits. Implementations are stateless.
 */
public interface ByteRows {

  /** Rows side by side. */
  int GROUP = 64;

  int LARGEST_CODE = 127;

  int LARGEST_PROBE = 31;

  /** Products that are added before the sum is widened to 32 bits. */
  int STEP = 8;

  /** The dimension of rows and probe, filled up with zeros to whole steps. */
  static int padded(int dimension) {
    return (dimension + STEP - 1) / STEP * STEP;
  }

  /** Which of the {@link #GROUP} bytes of each number belongs to a row of the group. */
  int place(int row);

  /**
   * @param codes a group from offset on: {@code codes[offset + i * GROUP + place(row)]}
   * @param probe as many numbers as a row has, a multiple of {@link #STEP}
   * @param scales of the group's rows from position at on
   * @param slacks likewise
   * @return a bit for every row whose {@code scale * product + factor * slack} is above the bar
   */
  long above(
      byte[] codes,
      int offset,
      short[] probe,
      float[] scales,
      float[] slacks,
      int at,
      float factor,
      float bar);

  /** SIMD where the JVM was started with {@code --add-modules jdk.incubator.vector}. */
  static ByteRows fastest() {
    return Fastest.INSTANCE;
  }

  /** Needs nothing of the JVM. */
  static ByteRows sequential() {
    return SequentialByteRows.INSTANCE;
  }

  /** Looked up once, so that the class with SIMD is only loaded where the module is there. */
  final class Fastest {
    private static final ByteRows INSTANCE =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new SimdByteRows()
            : SequentialByteRows.INSTANCE;

    private Fastest() {}
  }
}
