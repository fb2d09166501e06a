package io.facelogin.models.mobilefacenet;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.network.CropBatches;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.List;

/**
 * MobileFaceNet (Chen et al. 2018): bytes go in, the graph shifts and scales them; RGB, batch norms
 * folded, output scaled to length 1 here.
 */
public final class MobileFaceNet implements Encoder {

  private static final int SIDE_PX = 112;
  private static final int MAX_BATCH = 64;

  private final ModelId model;
  private final String alignment;
  private final Variant variant;
  private final NetworkSession session;

  /** The default one, {@link Variant#PRELU}. */
  public MobileFaceNet(ModelId model, String alignment, Weights weights) {
    this(model, alignment, Variant.PRELU, weights);
  }

  /**
   * @param weights {@code stem/conv/weights} and so on, in TensorFlow's layouts
   * @param alignment name of the template that the crops must have
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public MobileFaceNet(ModelId model, String alignment, Variant variant, Weights weights) {
    this.model = model;
    this.alignment = alignment;
    this.variant = variant;
    this.session = MobileFaceNetGraph.open(variant, SIDE_PX, weights);
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public int dimension() {
    return variant.dimension;
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
