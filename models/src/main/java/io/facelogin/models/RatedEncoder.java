package io.facelogin.models;

import io.facelogin.contract.ModelId;
import java.util.List;

/**
 * Knows how long the raw vectors of its network usually are, and rates each embedding by that: a
 * network that was trained on angles gives short vectors for faces that it cannot tell apart
 * (MagFace, Meng et al. 2021, found it first). Owns the encoder below it.
 *
 * <p>A quarter shorter than usual is the worst hundredth of press photographs; the fourth power
 * makes it weigh 0.3, as little as a face that has something wrong with it.
 */
public final class RatedEncoder implements Encoder {

  private final Encoder encoder;
  private final float usualLength;

  /**
   * @param usualLength median over many faces
   */
  public RatedEncoder(Encoder encoder, double usualLength) {
    if (!(usualLength > 0)) {
      throw new IllegalArgumentException("usualLength must be above 0, got " + usualLength);
    }
    this.encoder = encoder;
    this.usualLength = (float) usualLength;
  }

  @Override
  public ModelId model() {
    return encoder.model();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public String alignment() {
    return encoder.alignment();
  }

  @Override
  public int cropSidePx() {
    return encoder.cropSidePx();
  }

  @Override
  public List<Embedding> encode(List<AlignedFace> faces) {
    return encoder.encode(faces);
  }

  @Override
  public float recognisability(Embedding embedding) {
    float share = Math.min(1, embedding.rawLength() / usualLength);
    return share * share * share * share;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
