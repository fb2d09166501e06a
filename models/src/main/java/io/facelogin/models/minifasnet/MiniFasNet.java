package io.facelogin.models.minifasnet;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.FaceInPicture;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The pair of networks that minivision-ai published as Silent-Face-Anti-Spoofing: version 2 looks
 * at 2.7 times the face's box, version 1 with squeeze and excitation at 4 times. Both take BGR of 0
 * to 255 as it is and tell three classes, of which the middle one is a live face. The score is one
 * minus the mean of their live classes, so 0.5 is the rule that was published with them.
 *
 * <p>They judge what lies around a face as much as the face, so they are asked about whole
 * pictures, never about crops. About 0.09 GFLOP a face.
 */
public final class MiniFasNet implements AttackDetector {

  private static final int LIVE = 1;
  private static final int MAX_BATCH = 32;

  private final ModelId model;
  private final List<Part> parts;

  private record Part(Surroundings surroundings, NetworkSession session) {}

  /**
   * @param weights {@code v2/...} and {@code v1se/...} in TensorFlow's layouts
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public MiniFasNet(ModelId model, Weights weights) {
    this.model = model;
    this.parts = new ArrayList<>();
    try {
      parts.add(new Part(new Surroundings(2.7), MiniFasNetGraph.open("v2", weights)));
      parts.add(new Part(new Surroundings(4.0), MiniFasNetGraph.open("v1se", weights)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public float[] attackScores(List<FaceInPicture> faces) {
    float[] scores = new float[faces.size()];
    for (int start = 0; start < scores.length; start += MAX_BATCH) {
      List<FaceInPicture> batch = faces.subList(start, Math.min(start + MAX_BATCH, scores.length));
      for (Part part : parts) {
        float[] classes = classes(part, batch);
        for (int i = 0; i < batch.size(); i++) {
          scores[start + i] += (1 - classes[i * MiniFasNetGraph.CLASSES + LIVE]) / parts.size();
        }
      }
    }
    return scores;
  }

  /** What each network says on its own, for comparisons with the original: version 2 first. */
  List<float[]> classes(List<FaceInPicture> faces) {
    return parts.stream().map(part -> classes(part, faces)).toList();
  }

  private static float[] classes(Part part, List<FaceInPicture> faces) {
    byte[] crops = new byte[faces.size() * Surroundings.BYTES];
    for (int i = 0; i < faces.size(); i++) {
      part.surroundings.cut(faces.get(i), crops, i * Surroundings.BYTES);
    }
    return part.session.run(
        crops, faces.size(), MiniFasNetGraph.SIDE_PX, MiniFasNetGraph.SIDE_PX, 3);
  }

  @Override
  public void close() {
    parts.forEach(part -> part.session.close());
    parts.clear();
  }
}
