package io.facelogin.models.edgeface;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.Kernels;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.Weights;

/** The layers of EdgeFace's state dict; its matrices may be integers of 8 bits with one scale. */
record EdgeFaceWeights(Weights weights) {

  /** A layer with what belongs before or behind it folded in. */
  record Linear(Kernel kernel, float[] bias) {

    /** What scales and shifts the inputs, folded in; the layer must not pad. */
    Linear after(float[] factors, float[] summands) {
      float[] values = kernel.values().clone();
      double[] shift = new double[bias.length];
      for (int i = 0; i < values.length; i++) {
        int input = i / kernel.out() % kernel.in();
        shift[i % kernel.out()] += (double) values[i] * summands[input];
        values[i] *= factors[input];
      }
      float[] shifted = bias.clone();
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] = (float) (bias[i] + shift[i]);
      }
      return new Linear(
          new Kernel(kernel.height(), kernel.width(), kernel.in(), kernel.out(), values), shifted);
    }

    /** What scales the outputs, folded in. */
    Linear before(float[] factors) {
      double[] wide = new double[factors.length];
      float[] scaled = new float[factors.length];
      for (int i = 0; i < factors.length; i++) {
        wide[i] = factors[i];
        scaled[i] = bias[i] * factors[i];
      }
      return new Linear(kernel.outputsTimes(wide), scaled);
    }
  }

  float[] vector(String name) {
    return weights.get(name).values();
  }

  /** A convolution or a matrix. */
  Linear linear(String name) {
    return new Linear(Kernels.fromPyTorch(tensor(name + ".weight")), vector(name + ".bias"));
  }

  /** One that takes what the layer norm of that name gives, whose factors are folded in. */
  Linear linearAfterNorm(String norm, String name) {
    return linear(name).after(vector(norm + ".weight"), vector(norm + ".bias"));
  }

  /** A kernel per channel, [height, width, channels, 1]. */
  Kernel depthwise(String name) {
    Kernel kernel = Kernels.fromPyTorch(tensor(name + ".weight"));
    // PyTorch's [channels, 1, height, width] came out as [height, width, 1, channels]: same order.
    return new Kernel(kernel.height(), kernel.width(), kernel.out(), 1, kernel.values());
  }

  private NamedTensor tensor(String name) {
    if (weights.names().contains(name)) {
      return weights.get(name);
    }
    NamedTensor integers = weights.get(name + "_int8");
    float scale = vector(name + "_scale")[0];
    float[] values = integers.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return new NamedTensor(name, integers.shape(), values);
  }
}
