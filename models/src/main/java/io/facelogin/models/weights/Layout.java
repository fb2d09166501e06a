package io.facelogin.models.weights;

/** Reorders the axes of tensors between the conventions of the frameworks. */
public final class Layout {

  private Layout() {}

  /**
   * A copy with its axes in another order.
   *
   * @param axes for each axis of the result, which axis of the tensor it is; {2, 3, 1, 0} turns
   *     PyTorch's convolution [out, in, height, width] into TensorFlow's [height, width, in, out]
   */
  public static NamedTensor transpose(NamedTensor tensor, int... axes) {
    int rank = axes.length;
    int[] from = tensor.shape();
    if (from.length != rank) {
      throw new IllegalArgumentException(
          "Tensor " + tensor.name() + " has " + from.length + " axes, not " + rank);
    }
    int[] shape = new int[rank];
    int[] fromStride = new int[rank];
    for (int axis = rank - 1, stride = 1; axis >= 0; axis--) {
      fromStride[axis] = stride;
      stride *= from[axis];
    }
    int[] stride = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = from[axes[axis]];
      stride[axis] = fromStride[axes[axis]];
    }
    float[] values = new float[tensor.values().length];
    int[] index = new int[rank];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.values()[at];
      for (int axis = rank - 1; axis >= 0; axis--) {
        at += stride[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        at -= stride[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return new NamedTensor(tensor.name(), shape, values);
  }

  /** The same numbers under another name. */
  public static NamedTensor rename(NamedTensor tensor, String name) {
    return new NamedTensor(name, tensor.shape(), tensor.values());
  }
}
