package io.facelogin.models.edgeface;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.network.CropBatches;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.List;

/**
 * EdgeFace-XS, the size with 512 outputs and 32 to 192 channels: RGB, {@code (v - 127.5) / 127.5},
 * output scaled to length 1 here. Convolutions alternate with attention between channels, so its
 * cost does not grow with the square of the number of places.
 */
public final class EdgeFace implements Encoder {

  private static final int DIMENSION = 512;
  private static final int SIDE_PX = 112;
  private static final int MAX_BATCH = 32;

  private final ModelId model;
  private final String alignment;
  private final NetworkSession session;

  /**
   * @param weights as in Idiap's state dict; matrices either as they are or as {@code weight_int8}
   *     and {@code weight_scale}
   * @param alignment name of the template that the crops must have
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public EdgeFace(ModelId model, String alignment, Weights weights) {
    this.model = model;
    this.alignment = alignment;
    this.session = EdgeFaceGraph.open(new EdgeFaceWeights(weights), SIDE_PX);
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
}
