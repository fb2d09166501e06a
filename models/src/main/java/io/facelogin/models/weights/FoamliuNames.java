package io.facelogin.models.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * MobileFaceNet of foamliu under the names and in the axes of our own, its batch norms folded into
 * the convolutions before them.
 */
final class FoamliuNames {

  /** Our names of its 15 residual blocks, in its order. */
  private static final List<String> BLOCKS =
      List.of(
          "2_0", "2_1", "2_2", "2_3", "2_4", "3_0", "4_0", "4_1", "4_2", "4_3", "4_4", "4_5", "5_0",
          "6_0", "6_1");

  private final Weights from;
  private final List<NamedTensor> tensors = new ArrayList<>();

  private FoamliuNames(Weights from) {
    this.from = from;
  }

  static boolean looksLike(Weights weights) {
    return weights
        .names()
        .containsAll(List.of("gdconv.depthwise.weight", "features.14.conv.2.weight"));
  }

  static Weights ourNames(Weights stateDict) throws UnusableWeightsException {
    try {
      return new FoamliuNames(stateDict).run();
    } catch (IllegalArgumentException e) {
      throw new UnusableWeightsException(String.valueOf(e.getMessage()), e);
    }
  }

  private Weights run() throws UnusableWeightsException {
    layer("stem/conv", "conv1.0", "conv1.1");
    layer("stem/depthwise", "dw_conv.depthwise", "dw_conv.bn1");
    layer("stem/project", "dw_conv.pointwise", "dw_conv.bn2");
    for (int i = 0; i < BLOCKS.size(); i++) {
      String block = "block_" + BLOCKS.get(i);
      String conv = "features." + i + ".conv.";
      layer(block + "/expand", conv + "0.0", conv + "0.1");
      layer(block + "/depthwise", conv + "1.0", conv + "1.1");
      layer(block + "/project", conv + "2", conv + "3");
    }
    layer("head/expand", "conv2.0", "conv2.1");
    layer("head/depthwise", "gdconv.depthwise", "gdconv.bn");
    layer("head/embedding", "conv3", "bn");
    return Weights.of("mobilefacenet-128", tensors);
  }

  private void layer(String ours, String convolution, String norm) {
    tensors.addAll(FoldedNorm.of(from, ours, convolution, norm));
  }
}
