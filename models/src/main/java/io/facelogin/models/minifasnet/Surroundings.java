package io.facelogin.models.minifasnet;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.facelogin.models.FaceInPicture;
import io.facelogin.models.geometry.Box;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A face with what is around it, as the networks were trained on it: the box in whole pixels,
 * enlarged about its centre as far as the picture is large, pushed inside where it juts out, scaled
 * to a square without regard to its shape.
 */
final class Surroundings {

  static final int BYTES = MiniFasNetGraph.SIDE_PX * MiniFasNetGraph.SIDE_PX * 3;

  private final double times;

  /**
   * @param times the sides of the box
   */
  Surroundings(double times) {
    this.times = times;
  }

  /** First and last column and row, inclusive: left, top, right, bottom. */
  int[] placePx(Box boxPx, int pictureWidthPx, int pictureHeightPx) {
    // Truncated as the original does; at least a pixel, and a face never lies wholly outside.
    double x = (int) boxPx.x1();
    double y = (int) boxPx.y1();
    double width = Math.max(1, (int) (boxPx.width() + 1));
    double height = Math.max(1, (int) (boxPx.height() + 1));
    double scale =
        Math.min(times, Math.min((pictureHeightPx - 1) / height, (pictureWidthPx - 1) / width));
    double[] across = inside(x + width / 2, width * scale, pictureWidthPx - 1);
    double[] down = inside(y + height / 2, height * scale, pictureHeightPx - 1);
    return new int[] {(int) across[0], (int) down[0], (int) across[1], (int) down[1]};
  }

  private static double[] inside(double centre, double length, int last) {
    double from = centre - length / 2;
    double to = centre + length / 2;
    if (from < 0) {
      to -= from;
      from = 0;
    }
    if (to > last) {
      from -= to - last;
      to = last;
    }
    return new double[] {Math.max(0, from), to};
  }

  /** Writes the square's pixels, BGR row by row. */
  void cut(FaceInPicture face, byte[] into, int at) {
    Mat bgr = face.picture().bgr();
    if (bgr.cols() < 2 || bgr.rows() < 2) {
      Arrays.fill(into, at, at + BYTES, (byte) 0);
      return;
    }
    int[] place = placePx(face.boxPx(), bgr.cols(), bgr.rows());
    try (Rect rect =
            new Rect(place[0], place[1], place[2] - place[0] + 1, place[3] - place[1] + 1);
        Mat part = new Mat(bgr, rect);
        Mat square = new Mat();
        Size side = new Size(MiniFasNetGraph.SIDE_PX, MiniFasNetGraph.SIDE_PX)) {
      resize(part, square, side, 0, 0, INTER_LINEAR);
      square.data().get(into, at, BYTES);
    }
  }
}
