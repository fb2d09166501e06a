package io.facelogin.models.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * A MiniFASNet of minivision-ai under the names and in the axes of our own: its batch norms folded
 * into the layers before them, and the three layers at its end, with nothing between them that is
 * not linear, made one.
 */
final class MiniFasNames {

  private static final String CONVOLUTION = ".conv.weight";

  private MiniFasNames() {}

  static boolean looksLike(Weights weights) {
    return weights
        .names()
        .containsAll(List.of("conv_6_dw.conv.weight", "linear.weight", "prob.weight"));
  }

  static Weights ourNames(Weights stateDict) throws UnusableWeightsException {
    // The two files of the pair have the same names inside; only one weighs its channels.
    boolean squeezes = stateDict.names().stream().anyMatch(name -> name.contains(".se_module."));
    String prefix = squeezes ? "v1se/" : "v2/";
    try {
      List<NamedTensor> tensors = new ArrayList<>();
      for (String name : stateDict.names()) {
        if (name.endsWith(CONVOLUTION)) {
          String layer = name.substring(0, name.length() - CONVOLUTION.length());
          String ours = prefix + layer.replace('.', '/');
          tensors.addAll(FoldedNorm.of(stateDict, ours, layer + ".conv", layer + ".bn"));
          String slopes = layer + ".prelu.weight";
          if (stateDict.names().contains(slopes)) {
            tensors.add(Layout.rename(stateDict.get(slopes), ours + "/alpha"));
          }
        } else if (name.endsWith(".fc1.weight") || name.endsWith(".fc2.weight")) {
          String layer = name.substring(0, name.length() - ".weight".length());
          tensors.addAll(
              FoldedNorm.of(
                  stateDict,
                  prefix + layer.replace('.', '/'),
                  layer,
                  layer.replaceFirst("fc([12])$", "bn$1")));
        }
      }
      tensors.addAll(end(stateDict, prefix + "prob"));
      return Weights.of("minifasnet", tensors);
    } catch (IllegalArgumentException e) {
      throw new UnusableWeightsException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A matrix, its norm and the matrix of the classes as one matrix [in, out] and biases. */
  private static List<NamedTensor> end(Weights from, String ours) {
    List<NamedTensor> first = FoldedNorm.of(from, ours, "linear", "bn");
    NamedTensor matrix = first.get(0);
    float[] biases = first.get(1).values();
    NamedTensor classes = from.get("prob.weight");
    int in = matrix.shape()[0];
    int middle = matrix.shape()[1];
    int out = classes.shape()[0];
    if (classes.shape().length != 2 || classes.shape()[1] != middle) {
      throw new IllegalArgumentException(
          "Tensor prob.weight does not follow linear.weight of " + middle + " outputs");
    }
    float[] product = new float[in * out];
    float[] sums = new float[out];
    for (int o = 0; o < out; o++) {
      double sum = 0;
      for (int m = 0; m < middle; m++) {
        sum += (double) biases[m] * classes.values()[o * middle + m];
      }
      sums[o] = (float) sum;
      for (int i = 0; i < in; i++) {
        double value = 0;
        for (int m = 0; m < middle; m++) {
          value += (double) matrix.values()[i * middle + m] * classes.values()[o * middle + m];
        }
        product[i * out + o] = (float) value;
      }
    }
    return List.of(
        new NamedTensor(ours + "/weights", new int[] {in, out}, product),
        new NamedTensor(ours + "/biases", new int[] {out}, sums));
  }
}
