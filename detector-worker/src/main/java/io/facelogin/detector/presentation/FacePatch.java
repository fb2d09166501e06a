package io.facelogin.detector.presentation;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.picture.Picture;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The face of one frame, grey, at one size for all. 32 KB; shared, nobody writes to it.
 *
 * @param grey {@link #SIDE_PX} squared, row by row
 * @param unlit the same freed of its {@link Light}: made once, since each frame is compared often
 * @param eyeDistancePx in the picture
 */
record FacePatch(byte[] grey, byte[] unlit, float eyeDistancePx) {

  static final int SIDE_PX = 128;

  /** What the distance of the eyes becomes. */
  static final float EYE_DISTANCE_PX = 44;

  /** From the eyes to the mouth it is about this many times as far as between the eyes. */
  private static final float EYES_TO_MOUTH = 1.1f;

  /** Share of the side that may lie outside of the picture, on each of its sides. */
  private static final double OUTSIDE = 0.2;

  private static final int LEAST_SIDE_PX = 32;

  /**
   * @return nothing if the face is too small, or much of it lies outside of the picture
   */
  static Optional<FacePatch> of(Picture picture, Landmarks face) {
    double eyesX = middle(face.leftEye().x(), face.rightEye().x());
    double eyesY = middle(face.leftEye().y(), face.rightEye().y());
    double mouthX = middle(face.leftMouth().x(), face.rightMouth().x());
    double mouthY = middle(face.leftMouth().y(), face.rightMouth().y());
    // A head that turns aside brings its eyes nearer to each other, but not to the mouth.
    double distance =
        Math.max(face.eyeDistancePx(), Math.hypot(mouthX - eyesX, mouthY - eyesY) / EYES_TO_MOUTH);
    int side = (int) Math.round(distance * SIDE_PX / EYE_DISTANCE_PX);
    int left = (int) Math.round(middle(eyesX, mouthX) - side / 2.0);
    int top = (int) Math.round(middle(eyesY, mouthY) - side / 2.0);
    int right = picture.widthPx() - left - side;
    int bottom = picture.heightPx() - top - side;
    int least = (int) (-OUTSIDE * side);
    if (side < LEAST_SIDE_PX || left < least || top < least || right < least || bottom < least) {
      return Optional.empty();
    }
    byte[] grey = new byte[SIDE_PX * SIDE_PX];
    byte[] unlit = new byte[SIDE_PX * SIDE_PX];
    try (Mat square = square(picture.bgr(), left, top, side, right, bottom);
        Mat scaled = new Mat();
        Size size = new Size(SIDE_PX, SIDE_PX)) {
      cvtColor(square, square, COLOR_BGR2GRAY);
      // Averaged where it shrinks: what is merely sampled seems to move within itself.
      resize(square, scaled, size, 0, 0, side > SIDE_PX ? INTER_AREA : INTER_LINEAR);
      scaled.data().get(grey);
      try (Mat even = Light.removed(scaled)) {
        even.data().get(unlit);
      }
    }
    return Optional.of(new FacePatch(grey, unlit, (float) distance));
  }

  private static Mat square(Mat bgr, int left, int top, int side, int right, int bottom) {
    int x = Math.max(0, left);
    int y = Math.max(0, top);
    int width = side + Math.min(0, left) + Math.min(0, right);
    int height = side + Math.min(0, top) + Math.min(0, bottom);
    Mat square = new Mat();
    try (Rect rect = new Rect(x, y, width, height);
        Mat part = new Mat(bgr, rect);
        Scalar none = Scalar.all(0)) {
      copyMakeBorder(
          part,
          square,
          Math.max(0, -top),
          Math.max(0, -bottom),
          Math.max(0, -left),
          Math.max(0, -right),
          BORDER_REPLICATE,
          none);
    }
    return square;
  }

  private static double middle(double a, double b) {
    return (a + b) / 2;
  }
}
