package io.facelogin.models.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tensor names of published files turned into those that our architectures read.
 * models/README.md lists them.
 */
public final class KnownNetworks {

  private static final Pattern BLOCK =
      Pattern.compile("Conv2d_(\\d)_InvResBlock_(\\d)/(Conv|SeparableConv2d|Conv_1)/(\\w+)");
  private static final Pattern OUTSIDE_BLOCKS =
      Pattern.compile(
          "(Conv2d_0|SeparableConv2d|Conv|Conv2d_7|Logits/SeparableConv2d|Logits/Conv|Logits/LinearConv1x1)/(\\w+)");

  private KnownNetworks() {}

  /** The tensors under our names if they come from a file that we know, else as they are. */
  public static Weights ourNames(Weights weights) throws UnusableWeightsException {
    if (weights.names().contains("MobileFaceNet/Logits/LinearConv1x1/weights")) {
      return mobileFaceNet(weights);
    }
    if (weights.names().contains("InceptionResnetV1/Bottleneck/weights")) {
      return FaceNetNames.fromTensorFlow(weights);
    }
    if (FoamliuNames.looksLike(weights)) {
      return FoamliuNames.ourNames(weights);
    }
    if (MiniFasNames.looksLike(weights)) {
      return MiniFasNames.ourNames(weights);
    }
    String mtcnnPart = mtcnnPart(weights);
    if (!mtcnnPart.isEmpty()) {
      return new Weights(
          weights.origin(),
          weights.all().stream()
              .map(tensor -> Layout.rename(tensor, mtcnnPart + "/" + tensor.name()))
              .toList());
    }
    return weights;
  }

  /** Which of MTCNN's three networks one of davidsandberg's files holds; they do not say it. */
  private static String mtcnnPart(Weights weights) {
    if (weights.names().containsAll(List.of("conv4-1/weights", "PReLU1/alpha"))) {
      return "pnet";
    }
    if (weights.names().containsAll(List.of("conv5-1/weights", "prelu1/alpha"))) {
      return "rnet";
    }
    return weights.names().containsAll(List.of("conv6-3/weights", "prelu1/alpha")) ? "onet" : "";
  }

  /**
   * MobileFaceNet of sirius-ai as TensorFlow Lite holds it. Batch norm is already folded into the
   * convolutions. PReLU is written there as relu(x) + m * (x - |x|), so the slope below zero is 2m.
   */
  public static Weights mobileFaceNet(Weights tfLite) throws UnusableWeightsException {
    List<NamedTensor> renamed = new ArrayList<>();
    for (NamedTensor tensor : tfLite.all()) {
      String inner = tensor.name().replaceFirst("^(MobileFaceNet/){1,2}", "");
      String name = mobileFaceNetName(inner);
      if (name == null) {
        throw new UnusableWeightsException(
            "Tensor " + tensor.name() + " belongs to no layer of MobileFaceNet");
      }
      renamed.add(
          name.endsWith("/alpha")
              ? new NamedTensor(name, tensor.shape(), doubled(tensor.values()))
              : Layout.rename(tensor, name));
    }
    return Weights.of("mobilefacenet", renamed);
  }

  private static @Nullable String mobileFaceNetName(String inner) {
    Matcher block = BLOCK.matcher(inner);
    if (block.matches()) {
      String layer =
          switch (block.group(3)) {
            case "Conv" -> "expand";
            case "SeparableConv2d" -> "depthwise";
            default -> "project";
          };
      return "block_"
          + block.group(1)
          + "_"
          + block.group(2)
          + "/"
          + layer
          + "/"
          + role(block.group(4));
    }
    Matcher outside = OUTSIDE_BLOCKS.matcher(inner);
    if (!outside.matches()) {
      return null;
    }
    String layer =
        switch (outside.group(1)) {
          case "Conv2d_0" -> "stem/conv";
          case "SeparableConv2d" -> "stem/depthwise";
          case "Conv" -> "stem/project";
          case "Conv2d_7" -> "head/expand";
          case "Logits/SeparableConv2d" -> "head/depthwise";
          case "Logits/Conv" -> "head/project";
          default -> "head/embedding";
        };
    return layer + "/" + role(outside.group(2));
  }

  private static String role(String role) {
    return role.equals("mul") ? "alpha" : role;
  }

  private static float[] doubled(float[] values) {
    float[] twice = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      twice[i] = 2 * values[i];
    }
    return twice;
  }
}
