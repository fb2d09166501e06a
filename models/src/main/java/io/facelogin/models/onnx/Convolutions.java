package io.facelogin.models.onnx;

import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.weights.Layout;
import io.facelogin.models.weights.NamedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.TFloat32;

/** Operators that look at a neighbourhood in the picture, and batch normalisation. */
final class Convolutions {

  private final Ops tf;
  private final Placing placing;

  Convolutions(Ops tf) {
    this.tf = tf;
    this.placing = new Placing(tf);
  }

  Map<String, Operator> operators() {
    return Map.of(
        "Conv", Operator.of(this::convolution),
        "BatchNormalization", Operator.of(this::batchNormalisation),
        "MaxPool", Operator.of(this::maxPool),
        "AveragePool", Operator.of(this::averagePool),
        "GlobalAveragePool", Operator.of(this::globalAveragePool),
        "GlobalMaxPool", Operator.of(this::globalMaxPool));
  }

  /**
   * Window of an operator: how far it steps and what is put around the picture, in rows and
   * columns.
   */
  private record Window(
      long[] sides, long[] strides, long[] dilations, long[] before, long[] after) {

    static Window of(OnnxNode node, Activation x, long[] sides) {
      long[] strides = node.longs("strides", 2, 1);
      long[] dilations = node.longs("dilations", 2, 1);
      long[] pads = node.longs("pads", 4, 0);
      long[] before = {pads[0], pads[1]};
      long[] after = {pads[2], pads[3]};
      String automatic = node.text("auto_pad", "NOTSET");
      if (automatic.startsWith("SAME")) {
        for (int i = 0; i < 2; i++) {
          long side = x.operand().shape().get(1 + i);
          if (side < 1) {
            throw new IllegalArgumentException("auto_pad on pictures of unknown size");
          }
          long covered = (sides[i] - 1) * dilations[i] + 1;
          long steps = (side + strides[i] - 1) / strides[i];
          long total = Math.max(0, (steps - 1) * strides[i] + covered - side);
          before[i] = automatic.equals("SAME_LOWER") ? total - total / 2 : total / 2;
          after[i] = total - before[i];
        }
      }
      for (int i = 0; i < 2; i++) {
        if (strides[i] < 1 || dilations[i] < 1 || sides[i] < 1) {
          throw new IllegalArgumentException("a window, stride or dilation below 1");
        }
      }
      return new Window(sides, strides, dilations, before, after);
    }

    boolean padded() {
      return before[0] + before[1] + after[0] + after[1] > 0;
    }

    /** Whether TensorFlow's own SAME puts the same around. */
    boolean same() {
      boolean same = strides[0] == 1 && strides[1] == 1;
      for (int i = 0; i < 2; i++) {
        long total = (sides[i] - 1) * dilations[i];
        same &= before[i] == total / 2 && after[i] == total - total / 2;
      }
      return same;
    }

    List<Long> strideList() {
      return List.of(1L, strides[0], strides[1], 1L);
    }

    List<Long> dilationList() {
      return List.of(1L, dilations[0], dilations[1], 1L);
    }
  }

  private Value convolution(OnnxNode node) {
    Activation x = placing.channelsLast(node.activation(0));
    NamedTensor weights = node.constant(1);
    int[] shape = weights.shape();
    if (shape.length != 4) {
      throw new IllegalArgumentException(
          "weights of shape " + Arrays.toString(shape) + "; pictures need 4 axes");
    }
    Window window = Window.of(node, x, new long[] {shape[2], shape[3]});
    int groups = Math.toIntExact(node.number("group", 1));
    long channels = x.operand().shape().get(3);
    if (groups < 1 || shape[0] % groups != 0 || channels != (long) shape[1] * groups) {
      throw new IllegalArgumentException(
          "weights of shape %s in %d groups on %d channels"
              .formatted(Arrays.toString(shape), groups, channels));
    }
    String padding = window.same() ? "SAME" : "VALID";
    Operand<TFloat32> padded = window.same() ? x.operand() : pad(x.operand(), window, 0);
    Operand<TFloat32> y;
    if (groups > 1 && shape[1] == 1 && window.strides()[0] == window.strides()[1]) {
      y = depthwise(padded, weights, groups, window, padding);
    } else {
      y = grouped(padded, Layout.transpose(weights, 2, 3, 1, 0), groups, window, padding);
    }
    return new Activation(
        node.has(2) ? tf.nn.biasAdd(y, placing.constant(node.constant(2))) : y, true);
  }

  private Operand<TFloat32> depthwise(
      Operand<TFloat32> x, NamedTensor weights, int channels, Window window, String padding) {
    int[] s = weights.shape();
    int perChannel = s[0] / channels;
    // [channel * perChannel, 1, row, column] -> [row, column, channel, perChannel]
    NamedTensor split =
        new NamedTensor(
            weights.name(), new int[] {channels, perChannel, s[2], s[3]}, weights.values());
    return tf.nn.depthwiseConv2dNative(
        x,
        placing.constant(Layout.transpose(split, 2, 3, 0, 1)),
        window.strideList(),
        padding,
        DepthwiseConv2dNative.dilations(window.dilationList()));
  }

  private Operand<TFloat32> grouped(
      Operand<TFloat32> x, NamedTensor kernel, int groups, Window window, String padding) {
    Operand<TFloat32> weights = placing.constant(kernel);
    if (groups == 1) {
      return convolve(x, weights, window, padding);
    }
    List<Operand<TFloat32>> parts = new ArrayList<>();
    int in = kernel.shape()[2];
    int out = kernel.shape()[3] / groups;
    for (int group = 0; group < groups; group++) {
      Operand<TFloat32> part =
          tf.slice(
              x,
              tf.constant(new int[] {0, 0, 0, group * in}),
              tf.constant(new int[] {-1, -1, -1, in}));
      Operand<TFloat32> own =
          tf.slice(
              weights,
              tf.constant(new int[] {0, 0, 0, group * out}),
              tf.constant(new int[] {-1, -1, -1, out}));
      parts.add(convolve(part, own, window, padding));
    }
    return tf.concat(parts, tf.constant(3));
  }

  private Operand<TFloat32> convolve(
      Operand<TFloat32> x, Operand<TFloat32> weights, Window window, String padding) {
    return tf.nn.conv2d(
        x, weights, window.strideList(), padding, Conv2d.dilations(window.dilationList()));
  }

  private Operand<TFloat32> pad(Operand<TFloat32> x, Window window, float value) {
    if (!window.padded()) {
      return x;
    }
    long[][] around = {
      {0, 0},
      {window.before()[0], window.after()[0]},
      {window.before()[1], window.after()[1]},
      {0, 0}
    };
    return tf.pad(x, tf.constant(around), tf.constant(value));
  }

  /** As one factor and one summand per channel. */
  private Value batchNormalisation(OnnxNode node) {
    Activation x = node.activation(0);
    if (x.rank() == 4) {
      x = placing.channelsLast(x);
    } else if (x.rank() != 2) {
      throw new IllegalArgumentException("a value with " + x.rank() + " axes");
    }
    float[] scale = node.constant(1).values();
    float[] shift = node.constant(2).values();
    float[] mean = node.constant(3).values();
    float[] variance = node.constant(4).values();
    float epsilon = node.real("epsilon", 1e-5f);
    if (shift.length != scale.length
        || mean.length != scale.length
        || variance.length != scale.length) {
      throw new IllegalArgumentException("parameters of different lengths");
    }
    float[] factor = new float[scale.length];
    float[] summand = new float[scale.length];
    for (int i = 0; i < scale.length; i++) {
      double by = scale[i] / Math.sqrt((double) variance[i] + epsilon);
      factor[i] = (float) by;
      summand[i] = (float) (shift[i] - mean[i] * by);
    }
    Operand<TFloat32> scaled = tf.math.mul(x.operand(), placing.constant(factor));
    return new Activation(tf.math.add(scaled, placing.constant(summand)), x.channelsLast());
  }

  private Value maxPool(OnnxNode node) {
    Activation x = placing.channelsLast(node.activation(0));
    Window window = pool(node, x);
    if (node.outputs() > 1) {
      throw new IllegalArgumentException("it is asked for the places of the maxima");
    }
    Operand<TFloat32> padded = pad(x.operand(), window, Float.NEGATIVE_INFINITY);
    return new Activation(
        tf.nn.maxPool(
            padded,
            tf.constant(new int[] {1, (int) window.sides()[0], (int) window.sides()[1], 1}),
            tf.constant(new int[] {1, (int) window.strides()[0], (int) window.strides()[1], 1}),
            "VALID"),
        true);
  }

  private Value averagePool(OnnxNode node) {
    Activation x = placing.channelsLast(node.activation(0));
    Window window = pool(node, x);
    boolean countsPadding = node.number("count_include_pad", 0) == 1;
    if (window.padded() && !countsPadding && !window.same()) {
      throw new IllegalArgumentException("padding that does not count, other than SAME");
    }
    boolean same = window.padded() && !countsPadding;
    return new Activation(
        tf.nn.avgPool(
            same ? x.operand() : pad(x.operand(), window, 0),
            List.of(1L, window.sides()[0], window.sides()[1], 1L),
            window.strideList(),
            same ? "SAME" : "VALID"),
        true);
  }

  private static Window pool(OnnxNode node, Activation x) {
    if (node.number("ceil_mode", 0) != 0) {
      throw new IllegalArgumentException("ceil_mode");
    }
    Window window = Window.of(node, x, node.longs("kernel_shape", 2, 0));
    if (window.dilations()[0] != 1 || window.dilations()[1] != 1) {
      throw new IllegalArgumentException("a window with gaps (dilations)");
    }
    return window;
  }

  private Value globalAveragePool(OnnxNode node) {
    Activation x = placing.channelsLast(node.activation(0));
    return new Activation(
        tf.math.mean(x.operand(), tf.constant(new int[] {1, 2}), Mean.keepDims(true)), true);
  }

  private Value globalMaxPool(OnnxNode node) {
    Activation x = placing.channelsLast(node.activation(0));
    return new Activation(
        tf.reduceMax(x.operand(), tf.constant(new int[] {1, 2}), ReduceMax.keepDims(true)), true);
  }
}
