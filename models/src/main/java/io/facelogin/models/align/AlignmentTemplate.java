package io.facelogin.models.align;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import java.util.List;

/**
 * Where the five points of a face must lie in the square crop that an encoder takes.
 *
 * @param name stands in manifests and on the topics
 * @param sidePx side of the crop
 * @param pointsPx the five points in the crop
 */
public record AlignmentTemplate(String name, int sidePx, Landmarks pointsPx, Fit fit) {

  /** How the points of a face are brought onto those of the template. */
  public enum Fit {
    /**
     * Turn, one scale and shift that bring all five points nearest in the sense of least squares;
     * keeps the shape of the face. What the encoders were trained with.
     */
    SIMILARITY,
    /**
     * The affine map that brings both eyes and the nose exactly to their places; stretches a turned
     * face.
     */
    EYES_AND_NOSE
  }

  private static final Landmarks ARCFACE_POINTS =
      new Landmarks(
          new Point(38.2946f, 51.6963f),
          new Point(73.5318f, 51.5014f),
          new Point(56.0252f, 71.7366f),
          new Point(41.5493f, 92.3655f),
          new Point(70.7299f, 92.2041f));

  /** The five points of ArcFace and its many descendants. */
  public static final AlignmentTemplate ARCFACE_112 =
      new AlignmentTemplate("arcface-112", 112, ARCFACE_POINTS, Fit.SIMILARITY);

  /** The same places, reached by the three-point affine map. */
  public static final AlignmentTemplate ARCFACE_112_AFFINE3 =
      new AlignmentTemplate("arcface-112-affine3", 112, ARCFACE_POINTS, Fit.EYES_AND_NOSE);

  /**
   * Where the points lie on average when a frontal face's MTCNN box is scaled to 160 x 160 px, the
   * crop that the published FaceNet networks know. (Means over the 38 frontal faces wider than 50
   * px of the reference detections.)
   */
  public static final AlignmentTemplate FACENET_160 =
      new AlignmentTemplate(
          "facenet-160",
          160,
          new Landmarks(
              new Point(43.0f, 61.6f),
              new Point(117.0f, 61.6f),
              new Point(80.0f, 92.5f),
              new Point(47.0f, 119.7f),
              new Point(113.0f, 119.7f)),
          Fit.SIMILARITY);

  public static final List<AlignmentTemplate> ALL =
      List.of(ARCFACE_112, ARCFACE_112_AFFINE3, FACENET_160);

  /** The same places, reached as near as a map can that keeps the shape of the face. */
  public AlignmentTemplate withoutStretching() {
    return new AlignmentTemplate(name, sidePx, pointsPx, Fit.SIMILARITY);
  }

  /**
   * @throws IllegalArgumentException naming the known ones, if there is none of this name
   */
  public static AlignmentTemplate named(String name) {
    return ALL.stream()
        .filter(template -> template.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No alignment template is called "
                        + name
                        + "; known are "
                        + String.join(", ", ALL.stream().map(AlignmentTemplate::name).toList())));
  }
}
