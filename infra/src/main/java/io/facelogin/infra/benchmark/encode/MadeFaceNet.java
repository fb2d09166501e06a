package io.facelogin.infra.benchmark.encode;

import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random weights in the shapes of Inception-ResNet-v1, so that it can be timed where the published
 * ones, 110 MB, are not to be had: the time does not depend on the numbers. Its vectors mean
 * nothing.
 */
final class MadeFaceNet {

  private final List<NamedTensor> tensors = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  private MadeFaceNet() {}

  static Weights weights() {
    return new MadeFaceNet().make();
  }

  private Weights make() {
    layer("conv2d_1a", 32, 3, 3, 3);
    layer("conv2d_2a", 32, 32, 3, 3);
    layer("conv2d_2b", 64, 32, 3, 3);
    layer("conv2d_3b", 80, 64, 1, 1);
    layer("conv2d_4a", 192, 80, 3, 3);
    layer("conv2d_4b", 256, 192, 3, 3);
    for (int i = 0; i < 5; i++) {
      String name = "repeat_1." + i;
      layer(name + ".branch0", 32, 256, 1, 1);
      layer(name + ".branch1.0", 32, 256, 1, 1);
      layer(name + ".branch1.1", 32, 32, 3, 3);
      layer(name + ".branch2.0", 32, 256, 1, 1);
      layer(name + ".branch2.1", 32, 32, 3, 3);
      layer(name + ".branch2.2", 32, 32, 3, 3);
      widening(name, 256, 96);
    }
    layer("mixed_6a.branch0", 384, 256, 3, 3);
    layer("mixed_6a.branch1.0", 192, 256, 1, 1);
    layer("mixed_6a.branch1.1", 192, 192, 3, 3);
    layer("mixed_6a.branch1.2", 256, 192, 3, 3);
    for (int i = 0; i < 10; i++) {
      crossing("repeat_2." + i, 896, 128, 7);
    }
    layer("mixed_7a.branch0.0", 256, 896, 1, 1);
    layer("mixed_7a.branch0.1", 384, 256, 3, 3);
    layer("mixed_7a.branch1.0", 256, 896, 1, 1);
    layer("mixed_7a.branch1.1", 256, 256, 3, 3);
    layer("mixed_7a.branch2.0", 256, 896, 1, 1);
    layer("mixed_7a.branch2.1", 256, 256, 3, 3);
    layer("mixed_7a.branch2.2", 256, 256, 3, 3);
    for (int i = 0; i < 5; i++) {
      crossing("repeat_3." + i, 1792, 192, 3);
    }
    crossing("block8", 1792, 192, 3);
    tensor("last_linear.weight", 512, 1792);
    norm("last_bn", 512);
    return new Weights("made for timing", tensors);
  }

  /** One row and one column instead of a square. */
  private void crossing(String name, int wide, int narrow, int length) {
    layer(name + ".branch0", narrow, wide, 1, 1);
    layer(name + ".branch1.0", narrow, wide, 1, 1);
    layer(name + ".branch1.1", narrow, narrow, 1, length);
    layer(name + ".branch1.2", narrow, narrow, length, 1);
    widening(name, wide, 2 * narrow);
  }

  private void widening(String name, int out, int in) {
    tensor(name + ".conv2d.weight", out, in, 1, 1);
    tensor(name + ".conv2d.bias", out);
  }

  private void layer(String name, int out, int in, int height, int width) {
    tensor(name + ".conv.weight", out, in, height, width);
    norm(name + ".bn", out);
  }

  private void norm(String name, int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    for (String one : List.of("weight", "running_var")) {
      tensors.add(new NamedTensor(name + "." + one, new int[] {channels}, ones));
    }
    for (String zero : List.of("bias", "running_mean")) {
      tensors.add(new NamedTensor(name + "." + zero, new int[] {channels}, new float[channels]));
    }
  }

  /**
   * Neither grows nor vanishes from layer to layer: numbers below float's normal range are slow.
   */
  private void tensor(String name, int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double most = shape.length == 1 ? 0.1 : Math.sqrt(6.0 * shape[0] / size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-most, most);
    }
    tensors.add(new NamedTensor(name, shape, values));
  }
}
