package io.facelogin.models.mobilefacenet;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.network.CropBatches;
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
 * MobileFaceNet with 192 outputs, as sirius-ai/MobileFaceNet_TF trained it and {@code
 * MobileFaceNet.tflite} holds it: batch norms folded, RGB, {@code (v - 127.5) / 128}, output scaled
 * to length 1 here.
 *
 * <p>The first convolution pads, so the shift by 127.5 cannot be folded into it: the pixels are
 * shifted, only the division is in the kernel.
 */
public final class MobileFaceNet implements Encoder {

  private static final int DIMENSION = 192;
  private static final int SIDE_PX = 112;
  private static final int MAX_BATCH = 64;

  /** Blocks of the network: name, number of repetitions; the first of each may stride. */
  private record Stage(String name, int blocks, int firstStride, boolean firstAdds) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage("block_2_", 5, 2, false),
          new Stage("block_3_", 1, 2, false),
          new Stage("block_4_", 6, 1, true),
          new Stage("block_5_", 1, 2, false),
          new Stage("block_6_", 2, 1, true));

  private final ModelId model;
  private final String alignment;
  private final NetworkSession session;

  /**
   * @param weights {@code stem/conv/weights} and so on, in TensorFlow's layouts
   * @param alignment name of the template that the crops must have
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public MobileFaceNet(ModelId model, String alignment, Weights weights) {
    this.model = model;
    this.alignment = alignment;
    this.session = build(weights);
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public String alignment() {
    return alignment;
  }

  @Override
  public int cropSidePx() {
    return SIDE_PX;
  }

  @Override
  public List<Embedding> encode(List<AlignedFace> faces) {
    return CropBatches.encode(
        this,
        faces,
        MAX_BATCH,
        batch -> session.run(CropBatches.bytes(batch), batch.size(), SIDE_PX, SIDE_PX, 3));
  }

  @Override
  public void close() {
    session.close();
  }

  private static NetworkSession build(Weights weights) {
    Layers layers = new Layers(new NetworkBuilder(), weights);
    Operand<TFloat32> x = layers.pixels();
    x = layers.separable(x, "stem");
    for (Stage stage : STAGES) {
      for (int block = 0; block < stage.blocks(); block++) {
        Operand<TFloat32> y =
            layers.inverted(x, stage.name() + block, block == 0 ? stage.firstStride() : 1);
        boolean adds = block > 0 || stage.firstAdds();
        x = adds ? layers.network().add(y, x) : y;
      }
    }
    return layers.network().open(layers.head(x));
  }

  /** The layers that repeat, each from the tensors under its name. */
  private record Layers(NetworkBuilder network, Weights weights) {

    Operand<TFloat32> pixels() {
      Operand<TFloat32> shifted = network.plus(network.byteInput(SIDE_PX, SIDE_PX, 3), -127.5f);
      return prelu(
          network.convolution(
              shifted, kernel("stem/conv").dividedBy(128), biases("stem/conv"), 2, Padding.SAME),
          "stem/conv");
    }

    /** Widen, filter each channel, narrow. */
    Operand<TFloat32> inverted(Operand<TFloat32> x, String name, int stride) {
      Operand<TFloat32> wide = prelu(pointwise(x, name + "/expand"), name + "/expand");
      return pointwise(
          prelu(depthwise(wide, name + "/depthwise", stride, Padding.SAME), name + "/depthwise"),
          name + "/project");
    }

    Operand<TFloat32> separable(Operand<TFloat32> x, String name) {
      return pointwise(
          prelu(depthwise(x, name + "/depthwise", 1, Padding.SAME), name + "/depthwise"),
          name + "/project");
    }

    /** Down to one place; linear all the way. */
    Operand<TFloat32> head(Operand<TFloat32> x) {
      Operand<TFloat32> wide = prelu(pointwise(x, "head/expand"), "head/expand");
      Operand<TFloat32> place = depthwise(wide, "head/depthwise", 1, Padding.VALID);
      return pointwise(pointwise(place, "head/project"), "head/embedding");
    }

    private Operand<TFloat32> pointwise(Operand<TFloat32> x, String name) {
      return network.convolution(x, kernel(name), biases(name), 1, Padding.VALID);
    }

    private Operand<TFloat32> depthwise(
        Operand<TFloat32> x, String name, int stride, Padding padding) {
      return network.depthwise(x, kernel(name), biases(name), stride, padding);
    }

    private Operand<TFloat32> prelu(Operand<TFloat32> x, String name) {
      return network.prelu(x, weights.get(name + "/alpha").values());
    }

    private Kernel kernel(String name) {
      return Kernels.fromTensorFlow(weights.get(name + "/weights"));
    }

    private float[] biases(String name) {
      return weights.get(name + "/biases").values();
    }
  }
}
