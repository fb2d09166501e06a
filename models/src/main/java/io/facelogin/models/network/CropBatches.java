package io.facelogin.models.network;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What all encoders do alike: check the crops, run them in batches, scale to length 1. */
public final class CropBatches {

  /** How the pixels of crops become the input of a network. */
  @FunctionalInterface
  public interface Run {
    /**
     * @param faces a batch
     * @return the raw vectors, one after the other
     */
    float[] run(List<AlignedFace> faces);
  }

  private CropBatches() {}

  /**
   * @throws IllegalArgumentException if a crop has another size or alignment than the encoder takes
   */
  public static List<Embedding> encode(
      Encoder encoder, List<AlignedFace> faces, int maxBatch, Run run) {
    faces.forEach(face -> check(encoder, face));
    List<Embedding> embeddings = new ArrayList<>(faces.size());
    for (int start = 0; start < faces.size(); start += maxBatch) {
      List<AlignedFace> batch = faces.subList(start, Math.min(start + maxBatch, faces.size()));
      float[] raw = run.run(batch);
      int length = encoder.dimension();
      for (int i = 0; i < batch.size(); i++) {
        embeddings.add(
            Embedding.normalised(
                encoder.model(), Arrays.copyOfRange(raw, i * length, (i + 1) * length)));
      }
    }
    return embeddings;
  }

  /** The bytes of the crops, one after the other. */
  public static byte[] bytes(List<AlignedFace> faces) {
    int length = faces.get(0).rgb().length;
    byte[] bytes = new byte[faces.size() * length];
    for (int i = 0; i < faces.size(); i++) {
      System.arraycopy(faces.get(i).rgb(), 0, bytes, i * length, length);
    }
    return bytes;
  }

  private static void check(Encoder encoder, AlignedFace face) {
    int side = encoder.cropSidePx();
    if (face.widthPx() != side || face.heightPx() != side) {
      throw new IllegalArgumentException(
          "Encoder "
              + encoder.model()
              + " takes crops of "
              + side
              + " x "
              + side
              + " px, this one has "
              + face.widthPx()
              + " x "
              + face.heightPx());
    }
    if (!face.alignment().equals(encoder.alignment())) {
      throw new IllegalArgumentException(
          "Encoder "
              + encoder.model()
              + " takes crops aligned to "
              + encoder.alignment()
              + ", this one is aligned to "
              + face.alignment());
    }
  }
}
