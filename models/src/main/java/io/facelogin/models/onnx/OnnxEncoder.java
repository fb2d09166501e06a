package io.facelogin.models.onnx;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.Manifest.ChannelOrder;
import io.facelogin.models.manifest.Manifest.Normalisation;
import io.facelogin.models.network.CropBatches;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.Arrays;
import java.util.List;

/**
 * An encoder of somebody else: its graph is an ONNX file, what it is fed with says its manifest.
 */
public final class OnnxEncoder implements Encoder {

  private static final int MAX_BATCH = 32;

  private final ModelId model;
  private final String alignment;
  private final int sidePx;
  private final int dimension;
  private final boolean blueFirst;
  private final Normalisation normalisation;
  private final NetworkSession session;

  private OnnxEncoder(Manifest manifest, String alignment, OnnxGraph graph) {
    this.model = manifest.id();
    this.alignment = alignment;
    this.sidePx = graph.heightPx();
    this.dimension = graph.outputs();
    this.blueFirst = manifest.input().channels() == ChannelOrder.BGR;
    this.normalisation = manifest.input().normalisation();
    this.session = graph.session();
  }

  /**
   * @param alignment name of the template that the crops must have
   */
  public static OnnxEncoder open(Manifest manifest, String alignment, byte[] file)
      throws UnusableWeightsException {
    OnnxGraph graph = OnnxGraph.open(manifest.id().value(), file);
    if (graph.channels() != 3 || graph.heightPx() != graph.widthPx()) {
      graph.session().close();
      throw new UnusableWeightsException(
          "%s takes pictures of %d x %d px with %d channels; faces come square with 3"
              .formatted(manifest.id(), graph.widthPx(), graph.heightPx(), graph.channels()));
    }
    return new OnnxEncoder(manifest, alignment, graph);
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public String alignment() {
    return alignment;
  }

  @Override
  public int cropSidePx() {
    return sidePx;
  }

  @Override
  public List<Embedding> encode(List<AlignedFace> faces) {
    return CropBatches.encode(
        this,
        faces,
        MAX_BATCH,
        batch -> session.run(values(batch), batch.size(), sidePx, sidePx, 3));
  }

  private float[] values(List<AlignedFace> faces) {
    int length = sidePx * sidePx * 3;
    float[] values = new float[faces.size() * length];
    for (int i = 0; i < faces.size(); i++) {
      fill(values, i * length, faces.get(i).rgb());
    }
    return values;
  }

  private void fill(float[] values, int start, byte[] rgb) {
    float[] mean = new float[3];
    float[] scale = new float[3];
    spread(rgb, mean, scale);
    for (int i = 0; i < rgb.length; i++) {
      int channel = i % 3;
      int from = blueFirst ? i - channel + 2 - channel : i;
      values[start + i] = ((rgb[from] & 0xFF) - mean[channel]) / scale[channel];
    }
  }

  /** What to subtract and to divide by, per channel in the order of the input. */
  private void spread(byte[] rgb, float[] mean, float[] scale) {
    if (normalisation instanceof Normalisation.Fixed fixed) {
      for (int channel = 0; channel < 3; channel++) {
        mean[channel] = fixed.mean().get(fixed.mean().size() == 1 ? 0 : channel);
        scale[channel] = fixed.scale().get(fixed.scale().size() == 1 ? 0 : channel);
      }
      return;
    }
    double sum = 0;
    double squares = 0;
    for (byte b : rgb) {
      sum += b & 0xFF;
      squares += (b & 0xFF) * (b & 0xFF);
    }
    double average = sum / rgb.length;
    double deviation = Math.sqrt(Math.max(0, squares / rgb.length - average * average));
    Arrays.fill(mean, (float) average);
    Arrays.fill(scale, (float) Math.max(deviation, 1 / Math.sqrt(rgb.length)));
  }

  @Override
  public void close() {
    session.close();
  }
}
