package io.facelogin.models.geometry;

import java.util.List;

/**
 * Five points of a face, in pixels. "Left" is the one further left in the picture, not the person's
 * own left.
 */
public record Landmarks(
    Point leftEye, Point rightEye, Point nose, Point leftMouth, Point rightMouth) {

  /** In the order of the components. */
  public List<Point> points() {
    return List.of(leftEye, rightEye, nose, leftMouth, rightMouth);
  }

  public float eyeDistancePx() {
    return (float) Math.hypot(rightEye.x() - leftEye.x(), rightEye.y() - leftEye.y());
  }
}
