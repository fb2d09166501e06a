package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Pixels.Window;

/** Adds the rows of a window, each with its weight: where shrinking spends its time. Any thread. */
interface RowSums {

  /**
   * @param y row of the sampling, which has the rows of the window and their weights
   * @param length values of each row
   * @param into gets as many sums, 0 to 255
   */
  void sum(Window window, Sampling down, int y, int length, float[] into);

  /**
   * SIMD where the JVM was started with {@code --add-modules jdk.incubator.vector} and knows eight
   * floats at a time (below that there is no species for as many bytes), else a plain loop. The two
   * round differently.
   */
  static RowSums fastest() {
    return Fastest.INSTANCE;
  }

  /** Looked up once, so that the class with SIMD is only loaded where the module is there. */
  final class Fastest {
    private static final RowSums INSTANCE =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && SimdRowSums.isPossible()
            ? new SimdRowSums()
            : new PlainRowSums();

    private Fastest() {}
  }
}
