package io.facelogin.models.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inception-ResNet-v1 of davidsandberg's frozen TensorFlow graph under the names and in the axes of
 * facenet-pytorch, so that one network reads both publications.
 *
 * <p>There, convolutions of a branch are counted (branch1.0, branch1.1), here they are named after
 * place and size (Conv2d_0a_1x1, Conv2d_0b_3x3); their alphabetical order is their count.
 * TensorFlow trained without the factor of batch norm, so it is 1 unless the file has it.
 */
final class FaceNetNames {

  private static final String ROOT = "InceptionResnetV1/";
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:(Repeat|Repeat_1|Repeat_2)/block\\d+_(\\d{1,3})|(Block8|Mixed_6a|Mixed_7a))/(.+)");
  private static final Pattern STEM = Pattern.compile("(Conv2d_\\d[ab])_\\dx\\d");
  private static final Pattern BRANCH = Pattern.compile("(Branch_\\d)/(\\w+)");

  private FaceNetNames() {}

  static Weights fromTensorFlow(Weights graph) throws UnusableWeightsException {
    // Layer (convolution or dense) -> parameter -> tensor.
    Map<String, Map<String, NamedTensor>> layers = new TreeMap<>();
    for (NamedTensor tensor : graph.all()) {
      String name = tensor.name();
      int cut =
          name.contains("/BatchNorm/")
              ? name.indexOf("/BatchNorm/")
              : Math.max(0, name.lastIndexOf('/'));
      String parameter = name.substring(Math.min(name.length(), cut + 1));
      boolean wanted =
          switch (parameter) {
            case "weights", "biases", "BatchNorm/beta", "BatchNorm/gamma" -> true;
            case "BatchNorm/moving_mean", "BatchNorm/moving_variance" -> true;
            default -> false;
          };
      if (wanted && name.startsWith(ROOT)) {
        layers
            .computeIfAbsent(name.substring(ROOT.length(), cut), layer -> new TreeMap<>())
            .put(parameter, tensor);
      }
    }
    List<NamedTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, Map<String, NamedTensor>> layer : layers.entrySet()) {
      add(layerName(layer.getKey(), layers), layer.getKey(), layer.getValue(), tensors);
    }
    return Weights.of("facenet", tensors);
  }

  private static void add(
      String name, String layer, Map<String, NamedTensor> parameters, List<NamedTensor> tensors)
      throws UnusableWeightsException {
    NamedTensor weights = parameters.get("weights");
    if (weights == null) {
      throw new UnusableWeightsException("Layer " + ROOT + layer + " of FaceNet has no weights");
    }
    boolean dense = weights.shape().length == 2;
    if (!dense && weights.shape().length != 4) {
      throw new UnusableWeightsException(
          "Layer " + ROOT + layer + " has weights of shape " + Arrays.toString(weights.shape()));
    }
    NamedTensor turned =
        dense ? Layout.transpose(weights, 1, 0) : Layout.transpose(weights, 3, 2, 0, 1);
    NamedTensor bias = parameters.get("biases");
    if (bias != null) {
      tensors.add(Layout.rename(turned, name + ".weight"));
      tensors.add(Layout.rename(bias, name + ".bias"));
      return;
    }
    tensors.add(Layout.rename(turned, name + (dense ? ".weight" : ".conv.weight")));
    String norm = dense ? "last_bn" : name + ".bn";
    NamedTensor beta = parameter(layer, parameters, "BatchNorm/beta");
    float[] ones = new float[beta.values().length];
    Arrays.fill(ones, 1f);
    NamedTensor gamma = parameters.get("BatchNorm/gamma");
    tensors.add(
        gamma == null
            ? new NamedTensor(norm + ".weight", beta.shape(), ones)
            : Layout.rename(gamma, norm + ".weight"));
    tensors.add(Layout.rename(beta, norm + ".bias"));
    tensors.add(
        Layout.rename(
            parameter(layer, parameters, "BatchNorm/moving_mean"), norm + ".running_mean"));
    tensors.add(
        Layout.rename(
            parameter(layer, parameters, "BatchNorm/moving_variance"), norm + ".running_var"));
  }

  private static NamedTensor parameter(
      String layer, Map<String, NamedTensor> parameters, String name)
      throws UnusableWeightsException {
    NamedTensor tensor = parameters.get(name);
    if (tensor == null) {
      throw new UnusableWeightsException("Layer " + ROOT + layer + " of FaceNet has no " + name);
    }
    return tensor;
  }

  private static String layerName(String layer, Map<String, ?> layers)
      throws UnusableWeightsException {
    if (layer.equals("Bottleneck")) {
      return "last_linear";
    }
    if (layer.equals("Logits")) {
      return "logits";
    }
    Matcher stem = STEM.matcher(layer);
    if (stem.matches()) {
      return lower(stem.group(1));
    }
    Matcher block = BLOCK.matcher(layer);
    if (!block.matches()) {
      throw new UnusableWeightsException("FaceNet has no layer " + ROOT + layer);
    }
    String within = layer.substring(0, layer.length() - block.group(4).length());
    return blockName(block) + "." + partName(block.group(4), within, layers);
  }

  private static String blockName(Matcher block) {
    if (block.group(1) == null) {
      return lower(block.group(3));
    }
    int repeat = block.group(1).equals("Repeat") ? 1 : block.group(1).charAt(7) - '0' + 1;
    return "repeat_" + repeat + "." + (Long.parseLong(block.group(2)) - 1);
  }

  private static String partName(String part, String block, Map<String, ?> layers)
      throws UnusableWeightsException {
    if (part.equals("Conv2d_1x1")) {
      return "conv2d";
    }
    Matcher branch = BRANCH.matcher(part);
    if (!branch.matches()) {
      throw new UnusableWeightsException("FaceNet has no layer " + ROOT + block + part);
    }
    String folder = block + branch.group(1) + "/";
    TreeSet<String> siblings = new TreeSet<>();
    for (String layer : layers.keySet()) {
      if (layer.startsWith(folder)) {
        siblings.add(layer);
      }
    }
    String name = lower(branch.group(1)).replace("_", "");
    return siblings.size() == 1 ? name : name + "." + siblings.headSet(block + part, false).size();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
