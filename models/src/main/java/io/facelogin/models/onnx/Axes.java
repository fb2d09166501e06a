package io.facelogin.models.onnx;

/**
 * ONNX orders pictures [picture, channel, row, column], TensorFlow on processors needs channels
 * last.
 */
final class Axes {

  private static final int[] TO_LAST = {0, 3, 1, 2};

  private Axes() {}

  /** Where an axis of ONNX lies when the channels are last. */
  static int channelsLast(int onnxAxis) {
    return TO_LAST[onnxAxis];
  }

  /** Counts from the front what may be counted from the end. */
  static int fromFront(long axis, int rank) {
    long front = axis < 0 ? axis + rank : axis;
    if (front < 0 || front >= rank) {
      throw new IllegalArgumentException("axis " + axis + " of a value with " + rank + " axes");
    }
    return (int) front;
  }
}
