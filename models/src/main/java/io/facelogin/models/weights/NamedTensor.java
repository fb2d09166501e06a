package io.facelogin.models.weights;

import java.util.Arrays;

/**
 * A tensor of a weight file.
 *
 * @param shape as the file has it
 * @param values row-major; shared, not copied
 */
public record NamedTensor(String name, int[] shape, float[] values) {

  public NamedTensor {
    long size = 1;
    for (int side : shape) {
      size *= side;
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "Tensor "
              + name
              + " of shape "
              + Arrays.toString(shape)
              + " cannot have "
              + values.length
              + " values");
    }
  }
}
