package io.facelogin.models.network;

import io.facelogin.models.weights.NamedTensor;
import java.util.Arrays;

/** Makes kernels of the tensors of weight files. Done once, when a network is built. */
public final class Kernels {

  private Kernels() {}

  /** From TensorFlow's [height, width, in, out], or a matrix [in, out] as a kernel of 1 x 1. */
  public static Kernel fromTensorFlow(NamedTensor tensor) {
    int[] s = tensor.shape();
    return s.length == 2
        ? new Kernel(1, 1, s[0], s[1], tensor.values())
        : new Kernel(s[0], side(tensor, 1), side(tensor, 2), side(tensor, 3), tensor.values());
  }

  /** From PyTorch's [out, in, height, width], or a matrix [out, in] as a kernel of 1 x 1. */
  public static Kernel fromPyTorch(NamedTensor tensor) {
    int[] s = tensor.shape();
    if (s.length == 2) {
      Kernel matrix = new Kernel(1, 1, s[1], s[0]);
      matrix.fill((y, x, in, out) -> tensor.values()[out * s[1] + in]);
      return matrix;
    }
    Kernel kernel = new Kernel(side(tensor, 2), side(tensor, 3), s[1], s[0]);
    kernel.fill((y, x, in, out) -> tensor.values()[((out * s[1] + in) * s[2] + y) * s[3] + x]);
    return kernel;
  }

  private static int side(NamedTensor tensor, int axis) {
    if (tensor.shape().length != 4) {
      throw new IllegalArgumentException(
          "Tensor "
              + tensor.name()
              + " has shape "
              + Arrays.toString(tensor.shape())
              + ": neither a matrix nor a kernel");
    }
    return tensor.shape()[axis];
  }
}
