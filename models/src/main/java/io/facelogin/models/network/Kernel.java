package io.facelogin.models.network;

import java.util.Arrays;

/**
 * Weights of a convolution, [height, width, in, out] row by row. The methods that change it make a
 * new one.
 */
public record Kernel(int height, int width, int in, int out, float[] values) {

  /** One weight by its place. */
  @FunctionalInterface
  public interface Source {
    double at(int y, int x, int in, int out);
  }

  public Kernel {
    if (values.length != height * width * in * out) {
      throw new IllegalArgumentException(
          values.length
              + " values are no kernel of "
              + height
              + " x "
              + width
              + " x "
              + in
              + " x "
              + out);
    }
  }

  /** All zero, to be filled. */
  Kernel(int height, int width, int in, int out) {
    this(height, width, in, out, new float[height * width * in * out]);
  }

  /** Made by a formula. */
  public static Kernel of(int height, int width, int in, int out, Source source) {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill(source);
    return kernel;
  }

  public float at(int y, int x, int input, int output) {
    return values[((y * width + x) * in + input) * out + output];
  }

  void fill(Source source) {
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int input = 0; input < in; input++) {
          for (int output = 0; output < out; output++) {
            values[i++] = (float) source.at(y, x, input, output);
          }
        }
      }
    }
  }

  /** For a picture that lies [y][x] where the network learnt on [x][y]. */
  public Kernel transposed() {
    Kernel kernel = new Kernel(width, height, in, out);
    kernel.fill((y, x, input, output) -> at(x, y, input, output));
    return kernel;
  }

  /** For inputs whose channels come in reverse order: BGR where the network learnt on RGB. */
  public Kernel reversedInputs() {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill((y, x, input, output) -> at(y, x, in - 1 - input, output));
    return kernel;
  }

  /** For inputs that are not divided by something any more: the kernel does it. */
  public Kernel dividedBy(double divisor) {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill((y, x, input, output) -> at(y, x, input, output) / divisor);
    return kernel;
  }

  /** For inputs that are not divided any more, each channel by its own divisor. */
  public Kernel dividedBy(float[] divisors) {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill((y, x, input, output) -> at(y, x, input, output) / (double) divisors[input]);
    return kernel;
  }

  /** Each output scaled on its own. */
  public Kernel outputsTimes(double[] factors) {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill((y, x, input, output) -> at(y, x, input, output) * factors[output]);
    return kernel;
  }

  /** For inputs that come each times its own factor. */
  public Kernel inputsTimes(double[] factors) {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill((y, x, input, output) -> at(y, x, input, output) * factors[input]);
    return kernel;
  }

  /** A matrix on the outputs of this one, with nothing but a bias between them, as one kernel. */
  public Kernel then(Kernel matrix) {
    Kernel kernel = new Kernel(height, width, in, matrix.out);
    kernel.fill(
        (y, x, input, output) -> {
          double sum = 0;
          for (int i = 0; i < out; i++) {
            sum += (double) at(y, x, input, i) * matrix.at(0, 0, i, output);
          }
          return sum;
        });
    return kernel;
  }

  /** What this one, a matrix, makes of the biases before it, added to its own. */
  public float[] applied(float[] before, float[] biases) {
    float[] all = new float[out];
    for (int output = 0; output < out; output++) {
      double sum = biases[output];
      for (int input = 0; input < in; input++) {
        sum += (double) before[input] * at(0, 0, input, output);
      }
      all[output] = (float) sum;
    }
    return all;
  }

  /** A row of zeros below and a column of zeros on the right: the same on a larger window. */
  public Kernel withEmptyEdge() {
    Kernel kernel = new Kernel(height + 1, width + 1, in, out);
    kernel.fill((y, x, input, output) -> y < height && x < width ? at(y, x, input, output) : 0);
    return kernel;
  }

  /** What each output sums up to where all inputs are 1. */
  public double[] sums() {
    double[] sums = new double[out];
    for (int i = 0; i < values.length; i++) {
      sums[i % out] += values[i];
    }
    return sums;
  }

  /** These outputs only, in this order. */
  public Kernel outputs(int... chosen) {
    Kernel kernel = new Kernel(height, width, in, chosen.length);
    kernel.fill((y, x, input, output) -> at(y, x, input, chosen[output]));
    return kernel;
  }

  /** Weight by weight. */
  public Kernel minus(Kernel other) {
    Kernel kernel = new Kernel(height, width, in, out);
    kernel.fill(
        (y, x, input, output) -> (double) at(y, x, input, output) - other.at(y, x, input, output));
    return kernel;
  }

  /** The outputs of this one, followed by those of the other. */
  public Kernel beside(Kernel other) {
    Kernel kernel = new Kernel(height, width, in, out + other.out);
    kernel.fill(
        (y, x, input, output) ->
            output < out ? at(y, x, input, output) : other.at(y, x, input, output - out));
    return kernel;
  }

  /**
   * A matrix on what a convolution left, flattened as [x][y][channel], for the same flattened as
   * [y][x][channel].
   */
  public Kernel forTransposedInput(int side) {
    int channels = in / (side * side);
    Kernel kernel = new Kernel(1, 1, in, out);
    kernel.fill(
        (y, x, input, output) -> {
          int channel = input % channels;
          int column = input / channels % side;
          int row = input / channels / side;
          return at(0, 0, (column * side + row) * channels + channel, output);
        });
    return kernel;
  }

  @Override
  public String toString() {
    return "Kernel" + Arrays.toString(new int[] {height, width, in, out});
  }
}
