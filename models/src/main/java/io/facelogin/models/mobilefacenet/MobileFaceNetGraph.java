package io.facelogin.models.mobilefacenet;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.Kernels;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Writes MobileFaceNet, each layer from the tensors under its name, in as few operations as do the
 * same: for single faces an operation costs more than what it computes.
 *
 * <p>The first convolution pads, so the shift of the pixels cannot be folded into it: they are
 * shifted, only the division is in the kernel. Layers with nothing between them are one. A channel
 * whose PReLU has a slope above 1 runs with its sign changed, see {@link #signs}.
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

  private static final String FIRST_BLOCK = "block_2_0";

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
        String name = stage.name() + block;
        Operand<TFloat32> wide = name.equals(FIRST_BLOCK) ? x : expanded(x, name);
        Operand<TFloat32> y = narrowed(wide, name, block == 0 ? stage.firstStride() : 1);
        boolean adds = block > 0 || stage.firstAdds();
        x = adds ? network.add(y, x) : y;
      }
    }
    return network.open(head(x));
  }

  /** Up to where the first block has widened. */
  private Operand<TFloat32> stem(Operand<TFloat32> pixels) {
    Operand<TFloat32> x =
        network.convolution(
            network.plus(pixels, variant.shifts()),
            kernel("stem/conv").dividedBy(variant.scales()).outputsTimes(signs("stem/conv")),
            signed(biases("stem/conv"), signs("stem/conv")),
            2,
            variant.padding);
    x = depthwise(activated(x, "stem/conv"), "stem/depthwise", "stem/conv", 1, variant.padding);
    String project = "stem/project";
    String expand = FIRST_BLOCK + "/expand";
    Kernel narrow = kernel(project).inputsTimes(signs("stem/depthwise"));
    if (variant == Variant.PRELU) {
      return pointwise(
          x,
          expand,
          narrow.then(kernel(expand)),
          kernel(expand).applied(biases(project), biases(expand)));
    }
    return expanded(pointwise(x, project, narrow, biases(project)), FIRST_BLOCK);
  }

  private Operand<TFloat32> expanded(Operand<TFloat32> x, String block) {
    String name = block + "/expand";
    return pointwise(x, name, kernel(name), biases(name));
  }

  /** Each channel filtered, then fewer of them. */
  private Operand<TFloat32> narrowed(Operand<TFloat32> wide, String block, int stride) {
    String filter = block + "/depthwise";
    String project = block + "/project";
    Operand<TFloat32> x = depthwise(wide, filter, block + "/expand", stride, variant.padding);
    return pointwise(x, project, kernel(project).inputsTimes(signs(filter)), biases(project));
  }

  /** Down to one place. */
  private Operand<TFloat32> head(Operand<TFloat32> x) {
    Operand<TFloat32> wide = expanded(x, "head");
    Operand<TFloat32> place = depthwise(wide, "head/depthwise", "head/expand", 1, Padding.VALID);
    Kernel embedding = kernel("head/embedding");
    float[] biases = biases("head/embedding");
    if (variant.projectsHead) {
      biases = embedding.applied(biases("head/project"), biases);
      embedding = kernel("head/project").then(embedding);
    }
    return network.dense(place, embedding, biases);
  }

  private Operand<TFloat32> pointwise(
      Operand<TFloat32> x, String name, Kernel kernel, float[] biases) {
    double[] signs = signs(name);
    Operand<TFloat32> y =
        network.convolution(x, kernel.outputsTimes(signs), signed(biases, signs), 1, Padding.VALID);
    return activated(y, name);
  }

  /**
   * @param before name of the layer that x comes from
   */
  private Operand<TFloat32> depthwise(
      Operand<TFloat32> x, String name, String before, int stride, Padding padding) {
    double[] signs = signs(name);
    Kernel kernel = kernel(name).inputsTimes(signs(before)).inputsTimes(signs);
    return activated(
        network.depthwise(x, kernel, signed(biases(name), signs), stride, padding), name);
  }

  /** What narrows is linear, as is the end of the network. */
  private Operand<TFloat32> activated(Operand<TFloat32> x, String name) {
    boolean linear = name.equals("head/depthwise");
    boolean narrows = name.endsWith("/project");
    boolean inStem = name.equals("stem/depthwise") || name.equals("stem/project");
    return switch (variant) {
      case PRELU -> linear || narrows ? x : network.maximum(x, network.times(x, slopes(name)));
      case RELU6 -> inStem ? network.relu(x) : linear || narrows ? x : network.relu6(x);
    };
  }

  private float[] slopes(String name) {
    return weights.get(name + "/alpha").values();
  }

  /**
   * By what a layer's channels are multiplied, which the layer behind it takes back: -1 where the
   * slope exceeds 1. PReLU is the larger of x and slope x where the slope is at most 1, and the
   * smaller elsewhere, which is the larger again once the sign is changed. So two operations do for
   * all channels instead of four.
   */
  private double[] signs(String name) {
    double[] signs = new double[biases(name).length];
    Arrays.fill(signs, 1);
    if (weights.names().contains(name + "/alpha")) {
      float[] slopes = slopes(name);
      for (int i = 0; i < signs.length; i++) {
        signs[i] = slopes[i] > 1 ? -1 : 1;
      }
    }
    return signs;
  }

  private static float[] signed(float[] values, double[] signs) {
    float[] signed = new float[values.length];
    for (int i = 0; i < signed.length; i++) {
      signed[i] = (float) (values[i] * signs[i]);
    }
    return signed;
  }

  private Kernel kernel(String name) {
    return Kernels.fromTensorFlow(weights.get(name + "/weights"));
  }

  private float[] biases(String name) {
    return weights.get(name + "/biases").values();
  }
}
