package io.facelogin.models.minifasnet;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.Kernels;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Writes a MiniFASNet: a MobileFaceNet whose widths were pruned layer by layer, so each layer's
 * width is that of its tensor. Where tensors for it are there, a block weighs its channels (squeeze
 * and excitation) before it is added.
 */
final class MiniFasNetGraph {

  static final int SIDE_PX = 80;
  static final int CLASSES = 3;

  /** From here on a scale per channel is faster by way of a batch norm. */
  private static final int WIDE = 64;

  private final NetworkBuilder network = new NetworkBuilder();
  private final String prefix;
  private final Weights weights;

  private MiniFasNetGraph(String prefix, Weights weights) {
    this.prefix = prefix + "/";
    this.weights = weights;
  }

  static NetworkSession open(String prefix, Weights weights) {
    return new MiniFasNetGraph(prefix, weights).build();
  }

  private NetworkSession build() {
    Operand<TFloat32> x = convolution(network.byteInput(SIDE_PX, SIDE_PX, 3), "conv1", 2);
    x = depthwise(x, "conv2_dw", 1, Padding.EVEN);
    x = block(x, "conv_23", 2);
    x = blocks(x, "conv_3", 4);
    x = block(x, "conv_34", 2);
    x = blocks(x, "conv_4", 6);
    x = block(x, "conv_45", 2);
    x = blocks(x, "conv_5", 2);
    x = convolution(x, "conv_6_sep", 1);
    x = depthwise(x, "conv_6_dw", 1, Padding.VALID);
    Operand<TFloat32> classes = network.dense(x, kernel("prob"), biases("prob"));
    return network.open(network.ops().nn.softmax(classes));
  }

  private Operand<TFloat32> blocks(Operand<TFloat32> x, String name, int count) {
    Operand<TFloat32> y = x;
    for (int i = 0; i < count; i++) {
      String block = name + "/model/" + i;
      y = network.add(y, weighed(block(y, block, 1), block + "/se_module"));
    }
    return y;
  }

  /** Widen, filter each channel, narrow. */
  private Operand<TFloat32> block(Operand<TFloat32> x, String name, int stride) {
    Operand<TFloat32> wide = convolution(x, name + "/conv", 1);
    return convolution(
        depthwise(wide, name + "/conv_dw", stride, Padding.EVEN), name + "/project", 1);
  }

  private Operand<TFloat32> weighed(Operand<TFloat32> x, String name) {
    if (!weights.names().contains(prefix + name + "/fc1/weights")) {
      return x;
    }
    Kernel narrow = kernel(name + "/fc1");
    Kernel widen = kernel(name + "/fc2");
    var tf = network.ops();
    Operand<TFloat32> squeezed =
        network.relu(network.dense(network.mean(x), narrow, biases(name + "/fc1")));
    Operand<TFloat32> factors =
        tf.math.sigmoid(network.dense(squeezed, widen, biases(name + "/fc2")));
    return tf.math.mul(x, tf.reshape(factors, tf.constant(new int[] {-1, 1, 1, widen.out()})));
  }

  private Operand<TFloat32> convolution(Operand<TFloat32> x, String name, int stride) {
    return activated(
        network.convolution(x, kernel(name), biases(name), stride, Padding.EVEN), name);
  }

  private Operand<TFloat32> depthwise(
      Operand<TFloat32> x, String name, int stride, Padding padding) {
    return activated(network.depthwise(x, kernel(name), biases(name), stride, padding), name);
  }

  /** What narrows has no slopes and is linear. */
  private Operand<TFloat32> activated(Operand<TFloat32> x, String name) {
    if (!weights.names().contains(prefix + name + "/alpha")) {
      return x;
    }
    float[] slopes = weights.get(prefix + name + "/alpha").values();
    return slopes.length < WIDE ? network.prelu(x, slopes) : network.widePrelu(x, slopes);
  }

  private Kernel kernel(String name) {
    return Kernels.fromTensorFlow(weights.get(prefix + name + "/weights"));
  }

  private float[] biases(String name) {
    return weights.get(prefix + name + "/biases").values();
  }
}
