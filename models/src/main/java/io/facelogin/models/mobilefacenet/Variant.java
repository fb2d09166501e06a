package io.facelogin.models.mobilefacenet;

import io.facelogin.models.network.NetworkBuilder.Padding;

/** What two trainings of MobileFaceNet do differently; the order of their layers is one. */
public enum Variant {

  /**
   * As sirius-ai/MobileFaceNet_TF trained it and {@code MobileFaceNet.tflite} holds it: PReLU,
   * TensorFlow's padding, {@code (v - 127.5) / 128}, 192 outputs after a layer more.
   */
  PRELU(192, Padding.SAME, true),

  /**
   * As foamliu/MobileFaceNet trained it: ReLU6 (ReLU in the separable convolution of the stem, also
   * behind its projection), PyTorch's padding, ImageNet's means and deviations, 128 outputs.
   */
  RELU6(128, Padding.EVEN, false);

  final int dimension;
  final Padding padding;

  /** Whether a layer that narrows to 512 stands between the last convolution and the outputs. */
  final boolean projectsHead;

  Variant(int dimension, Padding padding, boolean projectsHead) {
    this.dimension = dimension;
    this.padding = padding;
    this.projectsHead = projectsHead;
  }

  /** What is added to red, green and blue of 0 to 255. */
  float[] shifts() {
    return switch (this) {
      case PRELU -> new float[] {-127.5f, -127.5f, -127.5f};
      case RELU6 -> new float[] {-123.675f, -116.28f, -103.53f};
    };
  }

  /** What red, green and blue are divided by afterwards. */
  float[] scales() {
    return switch (this) {
      case PRELU -> new float[] {128, 128, 128};
      case RELU6 -> new float[] {58.395f, 57.12f, 57.375f};
    };
  }
}
