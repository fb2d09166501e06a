package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.StepTimes.Step;
import io.facelogin.models.network.Kernel;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkBuilder.Padding;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * R-Net or O-Net: judges candidates that were cut out and brought to one size, those of several
 * pictures together.
 */
final class CropNetwork implements AutoCloseable {

  /** A candidate and the picture that it is in. */
  record Place(Pixels picture, Candidate candidate) {}

  /** Crops that one processor cuts at a time. */
  private static final int CUT_TOGETHER = 16;

  /** Batches are filled up to multiples of this: the network prepares itself for each new size. */
  private static final int ROUNDING = 8;

  private final NetworkSession session;
  private final int sidePx;
  private final int outputs;
  private final int maxBatch;
  private final Step step;
  private final StepTimes times;

  private CropNetwork(
      NetworkSession session, int sidePx, int outputs, int maxBatch, Step step, StepTimes times) {
    this.step = step;
    this.times = times;
    this.session = session;
    this.sidePx = sidePx;
    this.outputs = outputs;
    this.maxBatch = maxBatch;
  }

  /** Per candidate: log odds of a face, corrections of the four sides. */
  static CropNetwork refine(Weights weights, StepTimes times) {
    NetworkBuilder network = new NetworkBuilder();
    MtcnnLayers layers = new MtcnnLayers(network, weights, "rnet/");
    Operand<TFloat32> x = network.floatInput(24, 24, 3);
    x = layers.prelu(new PooledStem(layers, "prelu1", 3).build(x, 3), "prelu2");
    x = network.maxPool(x, 3, 2, Padding.VALID);
    x = layers.prelu(layers.convolution(x, "conv3"), "prelu3");
    x = layers.prelu(layers.denseOnPlaces(x, "conv4", 3), "prelu4");
    Kernel outputs = layers.oddsKernel("conv5-1").beside(layers.matrix("conv5-2"));
    float[] biases = MtcnnLayers.joined(layers.oddsBias("conv5-1"), layers.biases("conv5-2"));
    return new CropNetwork(
        network.open(network.dense(x, outputs, biases)), 24, 5, 512, Step.REFINE_NETWORK, times);
  }

  /** As R-Net, then x of the five points and y of the five points, in units of the box. */
  static CropNetwork output(Weights weights, StepTimes times) {
    NetworkBuilder network = new NetworkBuilder();
    MtcnnLayers layers = new MtcnnLayers(network, weights, "onet/");
    Operand<TFloat32> x = network.floatInput(48, 48, 3);
    x = layers.prelu(new PooledStem(layers, "prelu1", 3).build(x, 3), "prelu2");
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
    return new CropNetwork(
        network.open(network.dense(x, outputs, biases)), 48, 15, 64, Step.OUTPUT_NETWORK, times);
  }

  /**
   * @return the outputs of each candidate, in the same order
   */
  List<float[]> judge(List<Place> places) {
    List<float[]> judged = new ArrayList<>(places.size());
    int length = sidePx * sidePx * 3;
    for (int start = 0; start < places.size(); start += maxBatch) {
      List<Place> batch = places.subList(start, Math.min(start + maxBatch, places.size()));
      int rounded = (batch.size() + ROUNDING - 1) / ROUNDING * ROUNDING;
      float[] crops = times.time(Step.CROPS, () -> cut(batch, new float[rounded * length]));
      float[] values = times.time(step, () -> session.run(crops, rounded, sidePx, sidePx, 3));
      for (int i = 0; i < batch.size(); i++) {
        float[] one = new float[outputs];
        System.arraycopy(values, i * outputs, one, 0, outputs);
        judged.add(one);
      }
    }
    return judged;
  }

  private float[] cut(List<Place> batch, float[] crops) {
    IntStream.range(0, (batch.size() + CUT_TOGETHER - 1) / CUT_TOGETHER)
        .parallel()
        .forEach(
            part -> {
              CropCutter cutter = new CropCutter(sidePx);
              int end = Math.min(batch.size(), (part + 1) * CUT_TOGETHER);
              for (int i = part * CUT_TOGETHER; i < end; i++) {
                Place place = batch.get(i);
                cutter.cut(place.picture(), place.candidate(), crops, i * sidePx * sidePx * 3);
              }
            });
    return crops;
  }

  @Override
  public void close() {
    session.close();
  }
}
