package io.facelogin.detector.presentation;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.picture.Picture;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The inner face of one frame, grey, at one size for all, freed of its light: each place is what it
 * differs from its surroundings by, in units of how much things differ there. 16 KB; immutable.
 *
 * @param pixels {@link #SIDE_PX} squared, row by row
 * @param eyeDistancePx in the picture
 */
record FacePatch(byte[] pixels, float eyeDistancePx) {

  static final int SIDE_PX = 128;

  /** What the distance of the eyes becomes. */
  static final float EYE_DISTANCE_PX = 44;

  /** From the eyes to the mouth it is about this many times as far as between the eyes. */
  private static final float EYES_TO_MOUTH = 1.1f;

  /** Wide enough for a light that falls off over the face, and narrower than the face. */
  private static final double SURROUNDINGS_PX = 8;

  private static final double SMOOTHING_PX = 1.2;

  /** Of 255 grey levels: what differs less is noise and stays small. */
  private static final double NOISE = 5;

  private static final double SCALE = 40;

  /**
   * @return nothing if a part of the face lies outside of the picture
   */
  static Optional<FacePatch> of(Picture picture, Landmarks face) {
    Point leftEye = face.leftEye();
    Point rightEye = face.rightEye();
    double mouthX = (face.leftMouth().x() + face.rightMouth().x()) / 2.0;
    double mouthY = (face.leftMouth().y() + face.rightMouth().y()) / 2.0;
    double eyesX = (leftEye.x() + rightEye.x()) / 2.0;
    double eyesY = (leftEye.y() + rightEye.y()) / 2.0;
    // A head that turns aside brings its eyes nearer to each other, but not to the mouth.
    double distance =
        Math.max(face.eyeDistancePx(), Math.hypot(mouthX - eyesX, mouthY - eyesY) / EYES_TO_MOUTH);
    int side = (int) Math.round(distance * SIDE_PX / EYE_DISTANCE_PX);
    int left = (int) Math.round((eyesX + mouthX) / 2 - side / 2.0);
    int top = (int) Math.round((eyesY + mouthY) / 2 - side / 2.0);
    Mat bgr = picture.bgr();
    if (side < 16 || left < 0 || top < 0 || left + side > bgr.cols() || top + side > bgr.rows()) {
      return Optional.empty();
    }
    byte[] pixels = new byte[SIDE_PX * SIDE_PX];
    try (Rect rect = new Rect(left, top, side, side);
        Mat part = new Mat(bgr, rect);
        Mat square = new Mat();
        Size size = new Size(SIDE_PX, SIDE_PX)) {
      // Averaged where it shrinks: what is merely sampled seems to move within itself.
      resize(part, square, size, 0, 0, side > SIDE_PX ? INTER_AREA : INTER_LINEAR);
      withoutLight(square, pixels);
    }
    return Optional.of(new FacePatch(pixels, (float) distance));
  }

  private static void withoutLight(Mat bgr, byte[] into) {
    try (Mat grey = new Mat();
        Mat smooth = new Mat();
        Mat mean = new Mat();
        Mat squares = new Mat();
        Mat result = new Mat();
        Size any = new Size(0, 0)) {
      cvtColor(bgr, grey, COLOR_BGR2GRAY);
      grey.convertTo(smooth, CV_32F);
      GaussianBlur(smooth, smooth, any, SMOOTHING_PX, SMOOTHING_PX, BORDER_REPLICATE, 0);
      GaussianBlur(smooth, mean, any, SURROUNDINGS_PX, SURROUNDINGS_PX, BORDER_REPLICATE, 0);
      opencv_core.subtract(smooth, mean, smooth);
      opencv_core.multiply(smooth, smooth, squares);
      GaussianBlur(squares, squares, any, SURROUNDINGS_PX, SURROUNDINGS_PX, BORDER_REPLICATE, 0);
      opencv_core.sqrt(squares, squares);
      squares.convertTo(squares, CV_32F, 1, NOISE);
      opencv_core.divide(smooth, squares, smooth);
      smooth.convertTo(result, CV_8U, SCALE, 128);
      result.data().get(into);
    }
  }
}
