package io.facelogin.models.mobilefacenet;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.Kernels;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Writes MobileFaceNet, each layer from the tensors under its name.
 *
 * <p>The first convolution pads, so the shift of the pixels cannot be folded into it: they are
 * shifted, only the division is in the kernel.
 */
final class MobileFaceNetGraph {

  /** Blocks of the network: name, number of repetitions; the first of each may stride. */
  private record Stage(String name, int blocks, int firstStride, boolean firstAdds) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage("block_2_", 5, 2, false),
          new Stage("block_3_", 1, 2, false),
          new Stage("block_4_", 6, 1, true),
          new Stage("block_5_", 1, 2, false),
          new Stage("block_6_", 2, 1, true));

  private final NetworkBuilder network = new NetworkBuilder();
  private final Variant variant;
  private final Weights weights;

  private MobileFaceNetGraph(Variant variant, Weights weights) {
    this.variant = variant;
    this.weights = weights;
  }

  static NetworkSession open(Variant variant, int sidePx, Weights weights) {
    return new MobileFaceNetGraph(variant, weights).build(sidePx);
  }

  private NetworkSession build(int sidePx) {
    Operand<TFloat32> x = stem(network.byteInput(sidePx, sidePx, 3));
    for (Stage stage : STAGES) {
      for (int block = 0; block < stage.blocks(); block++) {
        Operand<TFloat32> y =
            inverted(x, stage.name() + block, block == 0 ? stage.firstStride() : 1);
        boolean adds = block > 0 || stage.firstAdds();
        x = adds ? network.add(y, x) : y;
      }
    }
    return network.open(head(x));
  }

  private Operand<TFloat32> stem(Operand<TFloat32> pixels) {
    Operand<TFloat32> x =
        network.convolution(
            network.plus(pixels, variant.shifts()),
            kernel("stem/conv").dividedBy(variant.scales()),
            biases("stem/conv"),
            2,
            variant.padding);
    x = depthwise(activated(x, "stem/conv"), "stem/depthwise", 1, variant.padding);
    return pointwise(x, "stem/project");
  }

  /** Widen, filter each channel, narrow. */
  private Operand<TFloat32> inverted(Operand<TFloat32> x, String name, int stride) {
    Operand<TFloat32> wide = pointwise(x, name + "/expand");
    return pointwise(
        depthwise(wide, name + "/depthwise", stride, variant.padding), name + "/project");
  }

  /** Down to one place. */
  private Operand<TFloat32> head(Operand<TFloat32> x) {
    Operand<TFloat32> wide = pointwise(x, "head/expand");
    Operand<TFloat32> place = depthwise(wide, "head/depthwise", 1, Padding.VALID);
    return pointwise(
        variant.projectsHead ? pointwise(place, "head/project") : place, "head/embedding");
  }

  private Operand<TFloat32> pointwise(Operand<TFloat32> x, String name) {
    return activated(network.convolution(x, kernel(name), biases(name), 1, Padding.VALID), name);
  }

  private Operand<TFloat32> depthwise(
      Operand<TFloat32> x, String name, int stride, Padding padding) {
    return activated(network.depthwise(x, kernel(name), biases(name), stride, padding), name);
  }

  /** What narrows is linear, as is the end of the network. */
  private Operand<TFloat32> activated(Operand<TFloat32> x, String name) {
    boolean linear = name.equals("head/depthwise") || name.equals("head/embedding");
    boolean narrows = name.endsWith("/project");
    boolean inStem = name.equals("stem/depthwise") || name.equals("stem/project");
    return switch (variant) {
      case PRELU ->
          linear || narrows ? x : network.widePrelu(x, weights.get(name + "/alpha").values());
      case RELU6 -> inStem ? network.relu(x) : linear || narrows ? x : network.relu6(x);
    };
  }

  private Kernel kernel(String name) {
    return Kernels.fromTensorFlow(weights.get(name + "/weights"));
  }

  private float[] biases(String name) {
    return weights.get(name + "/biases").values();
  }
}
