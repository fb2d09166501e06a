package io.facelogin.models.facenet;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.network.CropBatches;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.List;

/**
 * FaceNet as published: Inception-ResNet-v1 with 512 outputs (Schroff et al. 2015, Szegedy et al.
 * 2016; weights of davidsandberg/facenet, also in facenet-pytorch). 3 GFLOP a face, ten times a
 * MobileFaceNet.
 */
public final class InceptionResnetV1 implements Encoder {

  private static final int DIMENSION = 512;
  private static final int SIDE_PX = 160;
  private static final int MAX_BATCH = 16;

  private final ModelId model;
  private final String alignment;
  private final Standardisation standardisation;
  private final NetworkSession session;

  /**
   * @param weights as in facenet-pytorch's state dict: {@code conv2d_1a.conv.weight} and so on, in
   *     PyTorch's layouts
   * @param alignment name of the template that the crops must have
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public InceptionResnetV1(
      ModelId model, String alignment, Standardisation standardisation, Weights weights) {
    this.model = model;
    this.alignment = alignment;
    this.standardisation = standardisation;
    this.session = InceptionResnetV1Graph.open(weights);
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
        batch -> session.run(values(batch), batch.size(), SIDE_PX, SIDE_PX, 3));
  }

  private float[] values(List<AlignedFace> faces) {
    int length = SIDE_PX * SIDE_PX * 3;
    float[] values = new float[faces.size() * length];
    for (int i = 0; i < faces.size(); i++) {
      byte[] rgb = faces.get(i).rgb();
      double mean = 127.5;
      double scale = 128;
      if (standardisation == Standardisation.PREWHITEN) {
        mean = mean(rgb);
        scale = Math.max(deviation(rgb, mean), 1 / Math.sqrt(rgb.length));
      }
      for (int k = 0; k < length; k++) {
        values[i * length + k] = (float) (((rgb[k] & 0xff) - mean) / scale);
      }
    }
    return values;
  }

  private static double mean(byte[] bytes) {
    double sum = 0;
    for (byte b : bytes) {
      sum += b & 0xff;
    }
    return sum / bytes.length;
  }

  private static double deviation(byte[] bytes, double mean) {
    double squares = 0;
    for (byte b : bytes) {
      double apart = (b & 0xff) - mean;
      squares += apart * apart;
    }
    return Math.sqrt(squares / bytes.length);
  }

  @Override
  public void close() {
    session.close();
  }
}
