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

  public Landmarks moved(float dxPx, float dyPx) {
    return new Landmarks(
        leftEye.moved(dxPx, dyPx),
        rightEye.moved(dxPx, dyPx),
        nose.moved(dxPx, dyPx),
        leftMouth.moved(dxPx, dyPx),
        rightMouth.moved(dxPx, dyPx));
  }

  public float eyeDistancePx() {
    return (float) Math.hypot(rightEye.x() - leftEye.x(), rightEye.y() - leftEye.y());
  }
}
