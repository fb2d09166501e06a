package io.facelogin.models.mtcnn;

import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * R-Net or O-Net: judges candidates that were cut out and brought to one size, those of several
 * pictures together.
 */
final class CropNetwork implements AutoCloseable {

  /** A candidate and the picture that it is in. */
  record Place(Picture picture, Candidate candidate) {}

  private final NetworkSession session;
  private final int sidePx;
  private final int outputs;
  private final int maxBatch;

  private CropNetwork(NetworkSession session, int sidePx, int outputs, int maxBatch) {
    this.session = session;
    this.sidePx = sidePx;
    this.outputs = outputs;
    this.maxBatch = maxBatch;
  }

  /** Per candidate: log odds of a face, corrections of the four sides. */
  static CropNetwork refine(Weights weights) {
    NetworkBuilder network = new NetworkBuilder();
    MtcnnLayers layers = new MtcnnLayers(network, weights, "rnet/");
    Operand<TFloat32> x = network.floatInput(24, 24, 3);
    x = layers.prelu(layers.first(x, "conv1"), "prelu1");
    x = network.maxPool(x, 3, 2, Padding.SAME);
    x = layers.prelu(layers.convolution(x, "conv2"), "prelu2");
    x = network.maxPool(x, 3, 2, Padding.VALID);
    x = layers.prelu(layers.convolution(x, "conv3"), "prelu3");
    x = layers.prelu(layers.denseOnPlaces(x, "conv4", 3), "prelu4");
    Kernel outputs = layers.oddsKernel("conv5-1").beside(layers.matrix("conv5-2"));
    float[] biases = MtcnnLayers.joined(layers.oddsBias("conv5-1"), layers.biases("conv5-2"));
    return new CropNetwork(network.open(network.dense(x, outputs, biases)), 24, 5, 128);
  }

  /** As R-Net, then x of the five points and y of the five points, in units of the box. */
  static CropNetwork output(Weights weights) {
    NetworkBuilder network = new NetworkBuilder();
    MtcnnLayers layers = new MtcnnLayers(network, weights, "onet/");
    Operand<TFloat32> x = network.floatInput(48, 48, 3);
    x = layers.prelu(layers.first(x, "conv1"), "prelu1");
    x = network.maxPool(x, 3, 2, Padding.SAME);
    x = layers.prelu(layers.convolution(x, "conv2"), "prelu2");
    x = network.maxPool(x, 3, 2, Padding.VALID);
    x = layers.prelu(layers.convolution(x, "conv3"), "prelu3");
    x = network.maxPool(x, 2, 2, Padding.SAME);
    x = layers.prelu(layers.convolution(x, "conv4"), "prelu4");
    x = layers.prelu(layers.denseOnPlaces(x, "conv5", 3), "prelu5");
    Kernel outputs =
        layers
            .oddsKernel("conv6-1")
            .beside(layers.matrix("conv6-2"))
            .beside(layers.matrix("conv6-3"));
    float[] biases =
        MtcnnLayers.joined(
            layers.oddsBias("conv6-1"), layers.biases("conv6-2"), layers.biases("conv6-3"));
    return new CropNetwork(network.open(network.dense(x, outputs, biases)), 48, 15, 64);
  }

  /**
   * @return the outputs of each candidate, in the same order
   */
  List<float[]> judge(List<Place> places) {
    List<float[]> judged = new ArrayList<>(places.size());
    int length = sidePx * sidePx * 3;
    for (int start = 0; start < places.size(); start += maxBatch) {
      List<Place> batch = places.subList(start, Math.min(start + maxBatch, places.size()));
      float[] crops = new float[batch.size() * length];
      for (int i = 0; i < batch.size(); i++) {
        CropCutter.cut(batch.get(i).picture(), batch.get(i).candidate(), sidePx, crops, i * length);
      }
      float[] values = session.run(crops, batch.size(), sidePx, sidePx, 3);
      for (int i = 0; i < batch.size(); i++) {
        float[] one = new float[outputs];
        System.arraycopy(values, i * outputs, one, 0, outputs);
        judged.add(one);
      }
    }
    return judged;
  }

  @Override
  public void close() {
    session.close();
  }
}
