package io.facelogin.infra.browser;

import static org.bytedeco.opencv.global.opencv_core.BORDER_TRANSPARENT;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.getPerspectiveTransform;
import static org.bytedeco.opencv.global.opencv_imgproc.warpPerspective;

import java.util.Random;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A sheet with a picture on it in somebody's hand, seen by a camera. Smooth motion, drawn from a
 * seed, that ends where it began.
 */
final class HeldPhotograph {

  static final int SECONDS = 7;

  private static final int MOTIONS = 7;
  private static final double MOST_YAW = Math.toRadians(25);
  private static final double MOST_PITCH = Math.toRadians(18);
  private static final double MOST_ROLL = Math.toRadians(8);
  private static final double MOST_NEARER = 0.15;
  private static final double MOST_SHIFT_PX = 25;
  private static final double MOST_LIGHT = 0.15;

  /** Of the camera, in widths of its picture. */
  private static final double FOCAL_LENGTH = 1.1;

  private final Mat still;
  private final int widthPx;
  private final int heightPx;
  private final double vigour;
  private final int[] rounds = new int[MOTIONS];
  private final double[] phases = new double[MOTIONS];

  /** The still stays its owner's. */
  HeldPhotograph(Mat still, int widthPx, int heightPx, long seed) {
    this.still = still;
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.vigour = 0.1 * (1 + seed % 10);
    Random random = new Random(seed);
    for (int i = 0; i < MOTIONS; i++) {
      rounds[i] = 1 + random.nextInt(3);
      phases[i] = 2 * Math.PI * random.nextDouble();
    }
  }

  /**
   * @param time share of the whole, 0 to 1
   * @return what the camera sees; the caller closes it
   */
  Mat at(double time) {
    try (Mat from = corners(still.cols(), still.rows());
        Mat to = seen(time);
        Mat map = getPerspectiveTransform(from, to);
        Size size = new Size(widthPx, heightPx);
        Scalar wall = new Scalar(104, 108, 112, 0);
        Scalar any = new Scalar()) {
      Mat picture = new Mat(heightPx, widthPx, CV_8UC3, wall);
      warpPerspective(still, picture, map, size, INTER_LINEAR, BORDER_TRANSPARENT, any);
      picture.convertTo(picture, -1, 1 + MOST_LIGHT * vigour * motion(6, time), 0);
      return picture;
    }
  }

  private double motion(int i, double time) {
    return Math.sin(2 * Math.PI * rounds[i] * time + phases[i]);
  }

  /** Where the sheet's corners are in the camera's picture. */
  private Mat seen(double time) {
    double yaw = MOST_YAW * vigour * motion(0, time);
    double pitch = MOST_PITCH * vigour * motion(1, time);
    double roll = MOST_ROLL * vigour * motion(2, time);
    double near = 1 + MOST_NEARER * vigour * motion(3, time);
    double right = widthPx / 2.0 + MOST_SHIFT_PX * vigour * motion(4, time);
    double down = heightPx / 2.0 + MOST_SHIFT_PX * vigour * motion(5, time);
    double scale =
        near * Math.min((double) widthPx / still.cols(), (double) heightPx / still.rows());
    double focal = FOCAL_LENGTH * widthPx;
    Mat corners = corners(still.cols(), still.rows());
    try (FloatIndexer points = corners.createIndexer()) {
      for (int i = 0; i < 4; i++) {
        double x0 = (points.get(i, 0, 0) - still.cols() / 2.0) * scale;
        double y0 = (points.get(i, 0, 1) - still.rows() / 2.0) * scale;
        double x = x0 * Math.cos(roll) - y0 * Math.sin(roll);
        double y = x0 * Math.sin(roll) + y0 * Math.cos(roll);
        double z = x * Math.sin(yaw) + y * Math.sin(pitch);
        double away = focal / (focal + z);
        points.put(i, 0, 0, (float) (right + x * Math.cos(yaw) * away));
        points.put(i, 0, 1, (float) (down + y * Math.cos(pitch) * away));
      }
    }
    return corners;
  }

  private static Mat corners(float width, float height) {
    Mat corners = new Mat(4, 1, CV_32FC2);
    try (FloatIndexer points = corners.createIndexer()) {
      points.put(0L, new float[] {0, 0, width, 0, width, height, 0, height});
    }
    return corners;
  }
}
