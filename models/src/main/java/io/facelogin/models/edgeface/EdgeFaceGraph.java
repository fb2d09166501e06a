package io.facelogin.models.edgeface;

import io.facelogin.models.edgeface.EdgeFaceWeights.Linear;
import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Reshape;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * Writes EdgeNeXt, layer by layer under the names of its state dict. Factors and summands of layer
 * norms are folded into the layers behind them, the scales of the branches into their last layers.
 */
final class EdgeFaceGraph {

  private static final float NORM_EPSILON = 1e-6f;
  private static final int HEADS = 4;

  /** Blocks of each stage; the last one of all but the first attends to channels. */
  private static final int[] BLOCKS = {3, 3, 9, 3};

  /** Parts into which that last block splits the channels. */
  private static final int[] PARTS = {1, 2, 3, 4};

  private final NetworkBuilder network = new NetworkBuilder();
  private final Ops tf = network.ops();
  private final EdgeFaceWeights weights;

  private EdgeFaceGraph(EdgeFaceWeights weights) {
    this.weights = weights;
  }

  static NetworkSession open(EdgeFaceWeights weights, int sidePx) {
    return new EdgeFaceGraph(weights).build(sidePx);
  }

  private NetworkSession build(int sidePx) {
    Operand<TFloat32> x = stem(network.byteInput(sidePx, sidePx, 3));
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      String name = "stages." + stage;
      if (stage > 0) {
        x =
            linear(
                centred(x),
                weights.linearAfterNorm(name + ".downsample.0", name + ".downsample.1"),
                2);
      }
      for (int block = 0; block < BLOCKS[stage]; block++) {
        boolean attends = stage > 0 && block == BLOCKS[stage] - 1;
        x =
            attends
                ? attentionBlock(x, name + ".blocks." + block, PARTS[stage])
                : convolutionBlock(x, name + ".blocks." + block);
      }
    }
    Linear fullyConnected = weights.linearAfterNorm("head.norm", "head.fc");
    return network.open(
        network.dense(centred(network.mean(x)), fullyConnected.kernel(), fullyConnected.bias()));
  }

  /** Squares of 4 x 4 pixels; nothing is padded, so shift and scale of the pixels fold in. */
  private Operand<TFloat32> stem(Operand<TFloat32> pixels) {
    float scale = 1 / 127.5f;
    Linear squares =
        weights.linear("stem.0").after(new float[] {scale, scale, scale}, new float[] {-1, -1, -1});
    return tf.math.add(
        tf.math.mul(centred(linear(pixels, squares, 4)), vector("stem.1.weight")),
        vector("stem.1.bias"));
  }

  private Operand<TFloat32> convolutionBlock(Operand<TFloat32> x, String name) {
    return network.add(x, perceptron(depthwise(x, name + ".conv_dw"), name));
  }

  /** Filters parts of the channels one after the other, then lets channels attend to each other. */
  private Operand<TFloat32> attentionBlock(Operand<TFloat32> x, String name, int parts) {
    List<Operand<TFloat32>> filtered = new ArrayList<>();
    int channels = (int) x.shape().get(3);
    int width = (channels + parts - 1) / parts;
    for (int part = 0; part < parts; part++) {
      Operand<TFloat32> own = channels(x, part * width, Math.min(channels, (part + 1) * width));
      if (part == parts - 1) {
        filtered.add(own);
      } else {
        Operand<TFloat32> input = part == 0 ? own : network.add(filtered.get(part - 1), own);
        filtered.add(depthwise(input, name + ".convs." + part));
      }
    }
    Operand<TFloat32> y = network.concat(filtered);
    if (weights.weights().names().contains(name + ".pos_embd.token_projection.weight")) {
      int side = (int) x.shape().get(1);
      float[] places = PlaceEncoding.of(side, weights.linear(name + ".pos_embd.token_projection"));
      y = network.add(y, network.constant(Shape.of(1, side, side, channels), places));
    }
    y = network.add(y, attention(y, name));
    return network.add(x, perceptron(y, name));
  }

  /** Cross-covariance attention (XCiT): a small matrix between the channels of each head. */
  private Operand<TFloat32> attention(Operand<TFloat32> x, String name) {
    long side = x.shape().get(1);
    long channels = x.shape().get(3);
    long perHead = channels / HEADS;
    Operand<TFloat32> all =
        linear(centred(x), weights.linearAfterNorm(name + ".norm_xca", name + ".xca.qkv"), 1);
    // [picture, place, query key value, head, channel] -> [q k v, picture, head, channel, place]
    Operand<TFloat32> split =
        tf.linalg.transpose(
            reshaped(all, -1, side * side, 3, HEADS, perHead),
            tf.constant(new int[] {2, 0, 3, 4, 1}));
    List<Operand<TFloat32>> parts = new ArrayList<>(tf.unstack(split, 3L).output());
    Operand<TFloat32> scores =
        tf.train.batchMatMul(
            unit(parts.get(0)), unit(parts.get(1)), TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> temperature =
        network.constant(Shape.of(HEADS, 1, 1), weights.vector(name + ".xca.temperature"));
    Operand<TFloat32> attended =
        tf.train.batchMatMul(
            tf.nn.softmax(tf.math.mul(scores, temperature)), parts.get(2), TFloat32.class);
    Operand<TFloat32> back = tf.linalg.transpose(attended, tf.constant(new int[] {0, 3, 1, 2}));
    return linear(
        reshaped(back, -1, side, side, channels),
        weights.linear(name + ".xca.proj").before(weights.vector(name + ".gamma_xca")),
        1);
  }

  /** Each place on its own: norm, widen, GELU, narrow, scale. */
  private Operand<TFloat32> perceptron(Operand<TFloat32> x, String name) {
    Operand<TFloat32> wide =
        gelu(linear(centred(x), weights.linearAfterNorm(name + ".norm", name + ".mlp.fc1"), 1));
    return linear(
        wide, weights.linear(name + ".mlp.fc2").before(weights.vector(name + ".gamma")), 1);
  }

  private Operand<TFloat32> linear(Operand<TFloat32> x, Linear layer, int stride) {
    return network.convolution(x, layer.kernel(), layer.bias(), stride, Padding.VALID);
  }

  private Operand<TFloat32> depthwise(Operand<TFloat32> x, String name) {
    Kernel kernel = weights.depthwise(name);
    return network.depthwise(x, kernel, weights.vector(name + ".bias"), 1, Padding.SAME);
  }

  /** A layer norm without its factors and summands: mean 0 and deviation 1 over the channels. */
  private Operand<TFloat32> centred(Operand<TFloat32> x) {
    Operand<TFloat32> mean = tf.math.mean(x, tf.constant(-1), Mean.keepDims(true));
    Operand<TFloat32> apart = tf.math.sub(x, mean);
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(apart), tf.constant(-1), Mean.keepDims(true));
    return tf.math.mul(apart, tf.math.rsqrt(network.plus(variance, NORM_EPSILON)));
  }

  /** Length 1 along the last axis. */
  private Operand<TFloat32> unit(Operand<TFloat32> x) {
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(x), tf.constant(-1), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(1e-24f))));
  }

  /** The exact one, not its approximation by tanh. */
  private Operand<TFloat32> gelu(Operand<TFloat32> x) {
    Operand<TFloat32> share =
        network.plus(tf.math.erf(network.times(x, (float) Math.sqrt(0.5))), 1);
    return tf.math.mul(network.times(x, 0.5f), share);
  }

  private Operand<TFloat32> channels(Operand<TFloat32> x, int from, int to) {
    return tf.slice(
        x, tf.constant(new int[] {0, 0, 0, from}), tf.constant(new int[] {-1, -1, -1, to - from}));
  }

  private Reshape<TFloat32> reshaped(Operand<TFloat32> x, long... sides) {
    return tf.reshape(x, tf.constant(sides));
  }

  private Operand<TFloat32> vector(String name) {
    float[] values = weights.vector(name);
    return network.constant(Shape.of(values.length), values);
  }
}
