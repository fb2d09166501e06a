package io.facelogin.models.onnx;

import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.onnx.Value.Constant;
import io.facelogin.models.weights.Layout;
import io.facelogin.models.weights.NamedTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Matrix products, sums over axes and what is made of them. */
final class Algebra {

  private final Ops tf;
  private final Placing placing;

  Algebra(Ops tf) {
    this.tf = tf;
    this.placing = new Placing(tf);
  }

  /** Reduces over axes, which stay with length 1 or go. */
  @FunctionalInterface
  private interface Reduction {
    Operand<TFloat32> apply(Operand<TFloat32> x, Operand<TInt32> axes, boolean keep);
  }

  Map<String, Operator> operators() {
    Reduction mean = (x, axes, keep) -> tf.math.mean(x, axes, Mean.keepDims(keep));
    Reduction sum = (x, axes, keep) -> tf.sum(x, axes, Sum.keepDims(keep));
    Reduction max = (x, axes, keep) -> tf.reduceMax(x, axes, ReduceMax.keepDims(keep));
    Reduction norm = (x, axes, keep) -> tf.math.sqrt(sum.apply(tf.math.square(x), axes, keep));
    Map<String, Operator> operators = new HashMap<>();
    operators.put("MatMul", Operator.of(this::matrixProduct));
    operators.put("Gemm", Operator.of(this::dense));
    operators.put("ReduceMean", reduction(mean));
    operators.put("ReduceSum", reduction(sum));
    operators.put("ReduceMax", reduction(max));
    operators.put("ReduceL2", reduction(norm));
    operators.put("Softmax", Operator.of(this::softmax));
    operators.put("LpNormalization", Operator.of(this::unitLength));
    return operators;
  }

  private Value matrixProduct(OnnxNode node) {
    Operand<TFloat32> a = placing.plain(node.input(0));
    Operand<TFloat32> b = placing.plain(node.input(1));
    boolean matrices = a.shape().numDimensions() == 2 && b.shape().numDimensions() == 2;
    return new Activation(
        matrices ? tf.linalg.matMul(a, b) : tf.train.batchMatMul(a, b, TFloat32.class), false);
  }

  private Value dense(OnnxNode node) {
    if (node.number("transA", 0) != 0) {
      throw new IllegalArgumentException("transA");
    }
    NamedTensor matrix = node.constant(1);
    if (node.number("transB", 0) != 0) {
      matrix = Layout.transpose(matrix, 1, 0);
    }
    Operand<TFloat32> y =
        tf.linalg.matMul(placing.plain(node.activation(0)), placing.constant(matrix));
    float alpha = node.real("alpha", 1);
    if (alpha != 1) {
      y = tf.math.mul(y, tf.constant(alpha));
    }
    if (!node.has(2)) {
      return new Activation(y, false);
    }
    Operand<TFloat32> bias = placing.plain(new Constant(node.constant(2)));
    float beta = node.real("beta", 1);
    return new Activation(
        tf.math.add(y, beta == 1 ? bias : tf.math.mul(bias, tf.constant(beta))), false);
  }

  private Operator reduction(Reduction reduction) {
    return Operator.of(
        node -> {
          Activation x = node.activation(0);
          long[] axes = node.numbersOrAttribute(1, "axes");
          boolean keep = node.number("keepdims", 1) != 0;
          if (axes == null) {
            throw new IllegalArgumentException("over all axes, the batch included");
          }
          TreeSet<Integer> chosen = new TreeSet<>();
          for (long axis : axes) {
            chosen.add(Axes.fromFront(axis, x.rank()));
          }
          // Without rows and columns, what is left is [picture, channel] in either order.
          boolean inPlace =
              x.channelsLast() && (keep || (chosen.contains(2) && chosen.contains(3)));
          int[] over =
              chosen.stream().mapToInt(axis -> inPlace ? Axes.channelsLast(axis) : axis).toArray();
          Operand<TFloat32> from = inPlace ? x.operand() : placing.plain(x);
          return new Activation(reduction.apply(from, tf.constant(over), keep), inPlace && keep);
        });
  }

  private Value softmax(OnnxNode node) {
    Activation x = node.activation(0);
    int axis = Axes.fromFront(node.number("axis", node.opset() < 13 ? 1 : -1), x.rank());
    if (x.channelsLast() && axis == 1 && node.opset() >= 13) {
      return new Activation(tf.nn.softmax(x.operand()), true);
    }
    if (axis != x.rank() - 1) {
      throw new IllegalArgumentException("over an axis that is not the last");
    }
    return new Activation(tf.nn.softmax(placing.plain(x)), false);
  }

  private Value unitLength(OnnxNode node) {
    Activation x = node.activation(0);
    int axis = Axes.fromFront(node.number("axis", -1), x.rank());
    if (node.number("p", 2) != 2) {
      throw new IllegalArgumentException("p other than 2");
    }
    Operand<TFloat32> plain = placing.plain(x);
    Operand<TFloat32> squares =
        tf.sum(tf.math.square(plain), tf.constant(axis), Sum.keepDims(true));
    return new Activation(
        tf.math.mul(plain, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(1e-24f)))), false);
  }
}
