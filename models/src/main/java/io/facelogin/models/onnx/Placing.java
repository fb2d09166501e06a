package io.facelogin.models.onnx;

import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.onnx.Value.Constant;
import io.facelogin.models.onnx.Value.Numbers;
import io.facelogin.models.weights.Layout;
import io.facelogin.models.weights.NamedTensor;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Brings values into the order of axes that an operator needs. Pictures stay channels-last from the
 * first convolution to the last; only what names axes by ONNX's order turns them back.
 */
record Placing(Ops tf) {

  /** With four axes [picture, row, column, channel]. */
  Activation channelsLast(Value value) {
    if (value instanceof Activation activation) {
      if (activation.channelsLast()) {
        return activation;
      }
      if (activation.rank() != 4) {
        throw new IllegalArgumentException(
            "a value with " + activation.rank() + " axes where pictures with 4 are imported");
      }
      return new Activation(turn(activation.operand(), 0, 2, 3, 1), true);
    }
    return new Activation(broadcastChannelsLast(value), true);
  }

  /** In ONNX's own order of axes. */
  Operand<TFloat32> plain(Value value) {
    if (value instanceof Activation activation) {
      if (!activation.channelsLast()) {
        return activation.operand();
      }
      Shape shape = activation.operand().shape();
      // One row and one column: the numbers already lie as ONNX wants them.
      return shape.get(1) == 1 && shape.get(2) == 1 && shape.get(3) > 0
          ? tf.reshape(activation.operand(), tf.constant(new long[] {-1, shape.get(3), 1, 1}))
          : turn(activation.operand(), 0, 3, 1, 2);
    }
    return constant(floats(value));
  }

  /** For an operator of two values that stretches the smaller one: brought to the same order. */
  Operand<TFloat32> broadcastChannelsLast(Value value) {
    if (value instanceof Activation activation) {
      if (activation.channelsLast()) {
        return activation.operand();
      }
      Operand<TFloat32> operand = activation.operand();
      for (int rank = activation.rank(); rank < 4; rank++) {
        operand = tf.expandDims(operand, tf.constant(0));
      }
      return turn(operand, 0, 2, 3, 1);
    }
    NamedTensor tensor = floats(value);
    if (tensor.values().length == 1) {
      return tf.constant(tensor.values()[0]);
    }
    int[] shape = tensor.shape();
    if (shape.length > 4) {
      throw new IllegalArgumentException(
          "a constant of shape " + Arrays.toString(shape) + " combined with pictures");
    }
    int[] four = {1, 1, 1, 1};
    System.arraycopy(shape, 0, four, 4 - shape.length, shape.length);
    return constant(
        Layout.transpose(new NamedTensor(tensor.name(), four, tensor.values()), 0, 2, 3, 1));
  }

  Operand<TFloat32> constant(NamedTensor tensor) {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return tf.constant(Shape.of(shape), DataBuffers.of(tensor.values()));
  }

  Operand<TFloat32> constant(float[] values) {
    return tf.constant(Shape.of(values.length), DataBuffers.of(values));
  }

  private static NamedTensor floats(Value value) {
    if (value instanceof Constant constant) {
      return constant.tensor();
    }
    Numbers numbers = (Numbers) value;
    float[] values = new float[numbers.values().length];
    for (int i = 0; i < values.length; i++) {
      if (numbers.values()[i] == Value.BATCH) {
        throw new IllegalArgumentException("a calculation with the number of pictures");
      }
      values[i] = numbers.values()[i];
    }
    int[] shape = numbers.scalar() ? new int[0] : new int[] {values.length};
    return new NamedTensor("numbers", shape, values);
  }

  Operand<TFloat32> turn(Operand<TFloat32> operand, int... axes) {
    return tf.linalg.transpose(operand, tf.constant(axes));
  }
}
