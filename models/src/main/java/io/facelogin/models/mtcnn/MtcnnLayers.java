package io.facelogin.models.mtcnn;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.Kernels;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.weights.Weights;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The layers that the three networks share.
 *
 * <p>They learnt on transposed RGB pictures of values (v - 127.5) / 128. Here all of that is folded
 * into the weights: kernels are transposed, the first one takes BGR bytes as they are. That saves a
 * pass over each picture and changes results by rounding only.
 *
 * @param prefix of the tensor names: {@code pnet/}
 */
record MtcnnLayers(NetworkBuilder network, Weights weights, String prefix) {

  private static final double MEAN = 127.5;
  private static final double SCALE = 128;

  Kernel firstKernel(String name) {
    return kernel(name).reversedInputs().dividedBy(SCALE);
  }

  float[] firstBiases(String name) {
    double[] sums = firstKernel(name).sums();
    float[] biases = biases(name).clone();
    for (int i = 0; i < biases.length; i++) {
      biases[i] = (float) (biases[i] - MEAN * sums[i]);
    }
    return biases;
  }

  Operand<TFloat32> convolution(Operand<TFloat32> x, String name) {
    return network.convolution(x, kernel(name), biases(name), 1, Padding.VALID);
  }

  Operand<TFloat32> prelu(Operand<TFloat32> x, String name) {
    return network.prelu(x, slopes(name));
  }

  float[] slopes(String name) {
    return weights.get(prefix + name + "/alpha").values();
  }

  /** The first fully connected layer, after a convolution that left side x side places. */
  Operand<TFloat32> denseOnPlaces(Operand<TFloat32> x, String name, int side) {
    return network.dense(x, matrix(name).forTransposedInput(side), biases(name));
  }

  /**
   * Both classes' outputs of a layer as one number, the logarithm of the odds for a face: the
   * sigmoid of it is what softmax would give.
   */
  Kernel oddsKernel(String name) {
    Kernel classes = matrix(name);
    return classes.outputs(1).minus(classes.outputs(0));
  }

  float[] oddsBias(String name) {
    float[] biases = biases(name);
    return new float[] {biases[1] - biases[0]};
  }

  /** As it is: 1 x 1, so there is nothing to transpose. */
  Kernel matrix(String name) {
    return Kernels.fromTensorFlow(weights.get(prefix + name + "/weights"));
  }

  float[] biases(String name) {
    return weights.get(prefix + name + "/biases").values();
  }

  Kernel kernel(String name) {
    return Kernels.fromTensorFlow(weights.get(prefix + name + "/weights")).transposed();
  }

  /** In float, as the reference's softmax: just below 1 it comes in steps of 2^-23. */
  static float probability(double logOdds) {
    return 1 / (1 + (float) Math.exp(-logOdds));
  }

  static float logOdds(double probability) {
    return (float) Math.log(probability / (1 - probability));
  }

  static float[] joined(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
