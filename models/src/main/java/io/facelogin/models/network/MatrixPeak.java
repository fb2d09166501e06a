package io.facelogin.models.network;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How fast TensorFlow multiplies single-precision numbers on this machine at best: what a network
 * could reach if all of it were one large convolution.
 */
public final class MatrixPeak {

  /** Of a convolution of 3 x 3, 64 to 64 channels, on 8 pictures of 112 x 112. */
  private static final double FLOP = 2.0 * 8 * 112 * 112 * 64 * 64 * 9;

  private static final int TRIES = 12;

  private MatrixPeak() {}

  /**
   * @return the best of some tries, billions of additions and multiplications in a second; takes
   *     about a second
   */
  public static double gigaflopPerSecond() {
    try (Graph graph = new Graph();
        Session session = NetworkSession.openSession(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> pictures =
          tf.random.randomUniform(tf.constant(new long[] {8, 112, 112, 64}), TFloat32.class);
      Operand<TFloat32> kernel =
          tf.constant(Shape.of(3, 3, 64, 64), DataBuffers.of(new float[3 * 3 * 64 * 64]));
      // Kept in a variable, so that making the numbers is not timed.
      var held = tf.variable(pictures.shape(), TFloat32.class);
      var fill = tf.assign(held, pictures);
      var product = tf.nn.conv2d(held, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
      session.runner().addTarget(fill).run().close();
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        long began = System.nanoTime();
        session.runner().addTarget(product).run().close();
        best = Math.max(best, FLOP / (System.nanoTime() - began));
      }
      return best;
    }
  }
}
