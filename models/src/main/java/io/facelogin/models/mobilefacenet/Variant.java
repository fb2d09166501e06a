package io.facelogin.models.mobilefacenet;

import io.facelogin.models.network.NetworkBuilder.Padding;
import java.util.List;

/** What two trainings of MobileFaceNet do differently; the order of their layers is one. */
public enum Variant {

  /**
   * As sirius-ai/MobileFaceNet_TF trained it and {@code MobileFaceNet.tflite} holds it: PReLU,
   * TensorFlow's padding, {@code (v - 127.5) / 128}, 192 outputs after a layer more.
   */
  PRELU(192, Padding.SAME, true, List.of(127.5f, 127.5f, 127.5f), List.of(128f, 128f, 128f)),

  /**
   * As foamliu/MobileFaceNet trained it: ReLU6 (ReLU in the separable convolution of the stem, also
   * behind its projection), PyTorch's padding, ImageNet's means and deviations, 128 outputs.
   */
  RELU6(
      128,
      Padding.EVEN,
      false,
      List.of(0.485f * 255, 0.456f * 255, 0.406f * 255),
      List.of(0.229f * 255, 0.224f * 255, 0.225f * 255));

  final int dimension;
  final Padding padding;

  /** Whether a layer that narrows to 512 stands between the last convolution and the outputs. */
  final boolean projectsHead;

  private final List<Float> means;
  private final List<Float> scales;

  Variant(int dimension, Padding padding, boolean projectsHead, List<Float> means, List<Float> scales) {
    this.dimension = dimension;
    this.padding = padding;
    this.projectsHead = projectsHead;
    this.means = means;
    this.scales = scales;
  }

  /** What is added to red, green and blue of 0 to 255. */
  float[] shifts() {
    return new float[] {-means.get(0), -means.get(1), -means.get(2)};
  }

  /** What red, green and blue are divided by afterwards. */
  float[] scales() {
    return new float[] {scales.get(0), scales.get(1), scales.get(2)};
  }
}
