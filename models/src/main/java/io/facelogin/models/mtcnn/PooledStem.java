package io.facelogin.models.mtcnn;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The first two convolutions of each network, with the activation after the maximum over places, on
 * a quarter of the values, instead of before. The result is the same, for a PReLU (x where
 * positive, slope times x elsewhere) takes its greatest value at the greatest x if its slope is not
 * negative, and else at the greatest x or the greatest slope times x; so where the slope is
 * negative the convolution gives both. P-Net's 10 + 6 outputs fill one vector of AVX-512.
 */
final class PooledStem {

  /** Blue, green, red, and 1 in the pixel after an odd rim. */
  static final int CHANNELS_WITH_RIM = 4;

  /** Far below what any pixels give; times 1, the value that marks a rim. */
  private static final float BELOW_ALL = -1e6f;

  private final int channels;
  private final MtcnnLayers layers;
  private final float[] slopes;

  /**
   * For each filter where its values times the slope are; itself where the slope is not negative.
   */
  private final int[] scaled;

  /** For each output its filter. */
  private final int[] filter;

  /**
   * @param prelu name of the activation between the two
   * @param channels of the input: three, or with the rim, after which the convolution gives next to
   *     minus infinity, as if the picture ended
   */
  PooledStem(MtcnnLayers layers, String prelu, int channels) {
    this.layers = layers;
    this.channels = channels;
    this.slopes = layers.slopes(prelu);
    this.scaled = new int[slopes.length];
    int outputs = slopes.length;
    int[] all = new int[2 * slopes.length];
    for (int i = 0; i < slopes.length; i++) {
      all[i] = i;
      scaled[i] = i;
      if (slopes[i] < 0) {
        scaled[i] = outputs;
        all[outputs++] = i;
      }
    }
    this.filter = Arrays.copyOf(all, outputs);
  }

  /** From pixels to what the second convolution gives. */
  Operand<TFloat32> build(Operand<TFloat32> pixels, int poolSide) {
    NetworkBuilder network = layers.network();
    Operand<TFloat32> x = network.convolution(pixels, first(), firstBiases(), 1, Padding.VALID);
    x = network.maxPool(x, poolSide, 2, Padding.SAME);
    // A slope above 1 makes the PReLU a minimum: negated here, and again in the next weights.
    x =
        network.maximum(
            network.convolution(x, picked(false), 1, Padding.VALID),
            network.convolution(x, picked(true), 1, Padding.VALID));
    return network.convolution(x, second(), layers.biases("conv2"), 1, Padding.VALID);
  }

  private Kernel first() {
    Kernel kernel = layers.firstKernel("conv1");
    return Kernel.of(
        kernel.height(),
        kernel.width(),
        channels,
        filter.length,
        (y, x, input, output) -> {
          if (input == CHANNELS_WITH_RIM - 1) {
            return (y == 0 && x == 2) || (y == 2 && x == 0) ? BELOW_ALL : 0;
          }
          return factor(output) * kernel.at(y, x, input, filter[output]);
        });
  }

  private float[] firstBiases() {
    float[] biases = layers.firstBiases("conv1");
    float[] all = new float[filter.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (factor(i) * biases[filter[i]]);
    }
    return all;
  }

  private double factor(int output) {
    return output < slopes.length ? 1 : slopes[filter[output]];
  }

  /** For each filter its greatest value, or that times the slope. */
  private Kernel picked(boolean timesSlope) {
    return Kernel.of(
        1,
        1,
        filter.length,
        filter.length,
        (y, x, input, output) -> {
          if (output >= slopes.length) {
            return 0;
          }
          if (!timesSlope) {
            return input == output ? sign(output) : 0;
          }
          double slope = slopes[output] < 0 ? 1 : sign(output) * slopes[output];
          return input == scaled[output] ? slope : 0;
        });
  }

  private Kernel second() {
    Kernel kernel = layers.kernel("conv2");
    return Kernel.of(
        kernel.height(),
        kernel.width(),
        filter.length,
        kernel.out(),
        (y, x, input, output) ->
            input < slopes.length ? sign(input) * kernel.at(y, x, input, output) : 0);
  }

  private double sign(int channel) {
    return slopes[channel] > 1 ? -1 : 1;
  }
}
