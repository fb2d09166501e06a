package io.facelogin.models;

import io.facelogin.contract.ModelId;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes each face together with its mirror image and takes the sum, scaled to length 1: evens out
 * light and pose from the side, for twice the time. Same model id, since the vectors live in the
 * same space. Owns the encoder below it.
 */
public final class MirroredEncoder implements Encoder {

  private final Encoder encoder;

  public MirroredEncoder(Encoder encoder) {
    this.encoder = encoder;
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
    List<AlignedFace> both = new ArrayList<>(2 * faces.size());
    both.addAll(faces);
    faces.forEach(face -> both.add(mirrored(face)));
    List<Embedding> embeddings = encoder.encode(both);
    List<Embedding> sums = new ArrayList<>(faces.size());
    for (int i = 0; i < faces.size(); i++) {
      sums.add(sum(embeddings.get(i), embeddings.get(faces.size() + i)));
    }
    return sums;
  }

  /** Of a face and its mirror image, whose embeddings somebody has already. */
  public static Embedding sum(Embedding face, Embedding mirrored) {
    float[] sum = face.vector().clone();
    for (int k = 0; k < sum.length; k++) {
      sum[k] += mirrored.vector()[k];
    }
    return new Embedding(
        face.model(),
        Embedding.normalised(face.model(), sum).vector(),
        (face.rawLength() + mirrored.rawLength()) / 2);
  }

  @Override
  public float recognisability(Embedding embedding) {
    return encoder.recognisability(embedding);
  }

  /** Left and right changed. */
  public static AlignedFace mirrored(AlignedFace face) {
    int width = face.widthPx();
    byte[] from = face.rgb();
    byte[] to = new byte[from.length];
    for (int pixel = 0; pixel < from.length / 3; pixel++) {
      int row = pixel / width;
      int mirror = row * width + width - 1 - pixel % width;
      System.arraycopy(from, 3 * pixel, to, 3 * mirror, 3);
    }
    return new AlignedFace(to, width, face.heightPx(), face.alignment());
  }

  @Override
  public void close() {
    encoder.close();
  }
}
