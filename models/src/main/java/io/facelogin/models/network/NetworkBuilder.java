package io.facelogin.models.network;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Writes a graph, layer by layer, in the words of the papers; all tensors are [picture, row,
 * column, channel]. One thread; the graph becomes the session's by {@link #open}.
 */
public final class NetworkBuilder {

  /** How a layer treats the rim. */
  public enum Padding {
    /** Only where the window fits. */
    VALID("VALID"),
    /**
     * Zeros around, so that stride 1 keeps the size. Where stride 2 needs an odd number of them,
     * the odd one is below and on the right, as TensorFlow has it.
     */
    SAME("SAME"),
    /**
     * As many zeros on each side as half of an odd window has, also at stride 2, as PyTorch has it;
     * the input must have even sides then. Written as SAME with a kernel that has a row and a
     * column of zeros more, which costs less than an operation that pads.
     */
    EVEN("SAME");

    private final String name;

    Padding(String name) {
      this.name = name;
    }
  }

  public static final String INPUT = "input";
  public static final String OUTPUT = "output";

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);

  /** Pictures of bytes; the values go in as they are, 0 to 255. */
  public Operand<TFloat32> byteInput(long height, long width, long channels) {
    Placeholder<TUint8> input =
        tf.withName(INPUT)
            .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, height, width, channels)));
    return tf.dtypes.cast(input, TFloat32.class);
  }

  public Operand<TFloat32> floatInput(long height, long width, long channels) {
    return tf.withName(INPUT)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, height, width, channels)));
  }

  public Operand<TFloat32> convolution(
      Operand<TFloat32> x, Kernel kernel, float[] bias, int stride, Padding padding) {
    return tf.nn.biasAdd(convolution(x, kernel, stride, padding), constant(bias));
  }

  public Operand<TFloat32> convolution(
      Operand<TFloat32> x, Kernel kernel, int stride, Padding padding) {
    return tf.nn.conv2d(
        x, constant(widened(kernel, stride, padding)), strides(stride), padding.name);
  }

  public Operand<TFloat32> depthwise(
      Operand<TFloat32> x, Kernel kernel, float[] bias, int stride, Padding padding) {
    Operand<TFloat32> filtered =
        tf.nn.depthwiseConv2dNative(
            x, constant(widened(kernel, stride, padding)), strides(stride), padding.name);
    return tf.nn.biasAdd(filtered, constant(bias));
  }

  /** Fully connected, on whatever x is when flattened row by row. */
  public Operand<TFloat32> dense(Operand<TFloat32> x, Kernel matrix, float[] bias) {
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, matrix.in()}));
    return tf.nn.biasAdd(
        tf.linalg.matMul(flat, constant(Shape.of(matrix.in(), matrix.out()), matrix.values())),
        constant(bias));
  }

  /** The first version of the operation: oneDNN takes it over, and is up to four times faster. */
  public Operand<TFloat32> maxPool(Operand<TFloat32> x, int side, int stride, Padding padding) {
    Scope scope = tf.scope();
    return scope
        .env()
        .opBuilder("MaxPool", scope.makeOpName("MaxPool"), scope)
        .addInput(x.asOutput())
        .setAttr("ksize", new long[] {1, side, side, 1})
        .setAttr("strides", new long[] {1, stride, stride, 1})
        .setAttr("padding", padding.name)
        .build()
        .output(0);
  }

  public Operand<TFloat32> relu(Operand<TFloat32> x) {
    return tf.nn.relu(x);
  }

  /** Between 0 and 6. */
  public Operand<TFloat32> relu6(Operand<TFloat32> x) {
    return tf.nn.relu6(x);
  }

  /**
   * x where positive, slope times x elsewhere, a slope per channel. Slopes up to 1 take two passes
   * over the data, any others four.
   */
  public Operand<TFloat32> prelu(Operand<TFloat32> x, float[] slopes) {
    boolean upToOne = true;
    float[] rest = new float[slopes.length];
    for (int i = 0; i < slopes.length; i++) {
      upToOne &= slopes[i] <= 1;
      rest[i] = 1 - slopes[i];
    }
    Operand<TFloat32> scaled = tf.math.mul(x, constant(slopes));
    return upToOne
        ? tf.math.maximum(x, scaled)
        : tf.math.add(scaled, tf.math.mul(tf.nn.relu(x), constant(rest)));
  }

  /** The same for 64 channels or more, see {@link ChannelScale}. */
  public Operand<TFloat32> widePrelu(Operand<TFloat32> x, float[] slopes) {
    boolean upToOne = true;
    float[] rest = new float[slopes.length];
    for (int i = 0; i < slopes.length; i++) {
      upToOne &= slopes[i] <= 1;
      rest[i] = 1 - slopes[i];
    }
    return upToOne
        ? tf.math.maximum(x, ChannelScale.of(tf, x, slopes))
        : tf.math.add(ChannelScale.of(tf, x, slopes), ChannelScale.of(tf, tf.nn.relu(x), rest));
  }

  public Operand<TFloat32> add(Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.math.add(a, b);
  }

  public Operand<TFloat32> plus(Operand<TFloat32> x, float summand) {
    return tf.math.add(x, tf.constant(summand));
  }

  /** A summand per channel. */
  public Operand<TFloat32> plus(Operand<TFloat32> x, float[] summands) {
    return tf.math.add(x, constant(summands));
  }

  public Operand<TFloat32> times(Operand<TFloat32> x, float factor) {
    return tf.math.mul(x, tf.constant(factor));
  }

  /** A factor per channel, see {@link ChannelScale}. */
  public Operand<TFloat32> times(Operand<TFloat32> x, float[] factors) {
    return ChannelScale.of(tf, x, factors);
  }

  public Operand<TFloat32> maximum(Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.math.maximum(a, b);
  }

  /** Along the channels. */
  public Operand<TFloat32> concat(List<Operand<TFloat32>> parts) {
    return tf.concat(parts, tf.constant(3));
  }

  /** Over rows and columns. */
  public Operand<TFloat32> mean(Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(new int[] {1, 2}));
  }

  /** Ends the graph and opens a session on it. */
  public NetworkSession open(Operand<TFloat32> output) {
    tf.withName(OUTPUT).identity(output);
    return new NetworkSession(graph);
  }

  /** For layers that only one network has. */
  public Ops ops() {
    return tf;
  }

  public Operand<TFloat32> constant(Shape shape, float[] values) {
    return tf.constant(shape, DataBuffers.of(values));
  }

  private Operand<TFloat32> constant(Kernel kernel) {
    return constant(
        Shape.of(kernel.height(), kernel.width(), kernel.in(), kernel.out()), kernel.values());
  }

  private Operand<TFloat32> constant(float[] values) {
    return constant(Shape.of(values.length), values);
  }

  private static Kernel widened(Kernel kernel, int stride, Padding padding) {
    return padding == Padding.EVEN && stride == 2 ? kernel.withEmptyEdge() : kernel;
  }

  private static List<Long> strides(long stride) {
    return List.of(1L, stride, stride, 1L);
  }
}
