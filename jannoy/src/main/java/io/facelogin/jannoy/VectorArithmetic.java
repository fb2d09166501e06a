package io.facelogin.jannoy;

/**
 * The two inner loops that everything here spends its time in. Implementations are stateless: any
 * number of threads may share one.
 */
public interface VectorArithmetic {

  /** Sum of a[aOffset + i] * b[bOffset + i] for i below length. */
  float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

  /** Sum of the squared differences. */
  float squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length);

  /**
   * Adds one product after the other, as the original does when compiled without vector
   * instructions: such a build repeats its files byte for byte. Needs nothing of the JVM; about ten
   * times slower than SIMD at 512 numbers.
   */
  static VectorArithmetic sequential() {
    return SequentialArithmetic.INSTANCE;
  }

  /**
   * SIMD where the JVM was started with {@code --add-modules jdk.incubator.vector}, else {@link
   * #sequential()}. Sums in another order, so the last bits differ.
   */
  static VectorArithmetic fastest() {
    return Fastest.INSTANCE;
  }

  /** Looked up once, so that the class with SIMD is only loaded where the module is there. */
  final class Fastest {
    private static final VectorArithmetic INSTANCE =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new SimdArithmetic()
            : SequentialArithmetic.INSTANCE;

    private Fastest() {}
  }
}
