package io.facelogin.models.weights;

import java.util.Arrays;
import java.util.List;

/** Shapes as foreign files announce them: checked before anybody multiplies them. */
public final class Shapes {

  private static final int MAX_RANK = 16;

  private Shapes() {}

  public static int[] of(String tensor, List<? extends Number> sides)
      throws UnusableWeightsException {
    if (sides.size() > MAX_RANK) {
      throw new UnusableWeightsException(
          tensor + " has " + sides.size() + " dimensions, at most " + MAX_RANK + " make sense");
    }
    int[] shape = new int[sides.size()];
    for (int i = 0; i < shape.length; i++) {
      long side = sides.get(i).longValue();
      if (side < 0 || side > Integer.MAX_VALUE) {
        throw new UnusableWeightsException(tensor + " has a side of " + side);
      }
      shape[i] = (int) side;
    }
    return shape;
  }

  /** Number of elements, which must fit into the bytes that are there. */
  public static int elements(String tensor, int[] shape, long atMost)
      throws UnusableWeightsException {
    long count = 1;
    for (int side : shape) {
      count *= side;
      if (count > atMost || count < 0) {
        throw new UnusableWeightsException(
            tensor
                + " of shape "
                + Arrays.toString(shape)
                + " is larger than its data of "
                + atMost
                + " elements");
      }
    }
    return (int) count;
  }
}
