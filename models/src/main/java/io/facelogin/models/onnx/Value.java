package io.facelogin.models.onnx;

import io.facelogin.models.weights.NamedTensor;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What flows between the nodes while a graph is imported. */
sealed interface Value {

  /** Stands among whole numbers for the number of pictures in a batch, which is not known yet. */
  long BATCH = Long.MIN_VALUE;

  /**
   * Something computed at run time.
   *
   * @param channelsLast whether its four axes are [picture, row, column, channel], TensorFlow's
   *     order, where ONNX means [picture, channel, row, column]
   */
  record Activation(Operand<TFloat32> operand, boolean channelsLast) implements Value {

    int rank() {
      return operand.shape().numDimensions();
    }

    /** A side in ONNX's order of axes; -1 if unknown, as that of the batch. */
    long side(int onnxAxis) {
      return operand.shape().get(channelsLast ? Axes.channelsLast(onnxAxis) : onnxAxis);
    }
  }

  /** Constant floats in ONNX's order of axes; they become part of the graph where they are used. */
  record Constant(NamedTensor tensor) implements Value {}

  /**
   * Whole numbers that say how to shape something; computed while importing.
   *
   * @param scalar whether it is a single number without axes
   */
  record Numbers(long[] values, boolean scalar) implements Value {}
}
