package io.facelogin.detector.presentation;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.warpPerspective;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.picture.Picture;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A photograph held before a camera: moved, turned, tilted and brought nearer, in changing light,
 * compressed. Smooth motion, drawn from a seed.
 */
final class FlatPicture {

  private static final double FOCAL_PX = 700;

  private final Picture still;
  private final Landmarks face;
  private final double[] rates = new double[8];
  private final double[] phases = new double[8];
  private final double vigour;

  /** One frame of it. */
  record Shown(Picture picture, Landmarks face) {}

  /**
   * @param vigour 0: held still; 1: waved about and tilted by up to 25 degrees
   */
  FlatPicture(Picture still, Landmarks face, long seed, double vigour) {
    this.still = still;
    this.face = face;
    this.vigour = vigour;
    Random random = new Random(seed);
    for (int i = 0; i < rates.length; i++) {
      rates[i] = 0.2 + 0.4 * random.nextDouble();
      phases[i] = 2 * Math.PI * random.nextDouble();
    }
  }

  Shown at(double seconds) {
    double[] h = map(seconds);
    int width = still.widthPx();
    int height = still.heightPx();
    try (DoublePointer rows = new DoublePointer(h);
        Mat matrix = new Mat(3, 3, CV_64F, rows);
        Mat moved = new Mat();
        Size size = new Size(width, height);
        Scalar none = Scalar.all(0)) {
      warpPerspective(still.bgr(), moved, matrix, size, INTER_LINEAR, BORDER_REPLICATE, none);
      moved.convertTo(moved, -1, 1 + 0.15 * vigour * wave(6, seconds), 0);
      return new Shown(new Picture(compressed(moved)), mapped(h));
    }
  }

  private static Mat compressed(Mat bgr) {
    try (BytePointer jpeg = new BytePointer();
        IntPointer quality = new IntPointer(IMWRITE_JPEG_QUALITY, 80)) {
      imencode(".jpg", bgr, jpeg, quality);
      try (Mat encoded = new Mat(1, (int) jpeg.limit(), CV_8UC1, jpeg)) {
        return imdecode(encoded, IMREAD_COLOR);
      }
    }
  }

  private double wave(int i, double seconds) {
    return Math.sin(2 * Math.PI * rates[i] * seconds + phases[i]);
  }

  /** A plane turned about its middle before a camera, row by row. */
  private double[] map(double seconds) {
    double yaw = 0.44 * vigour * wave(0, seconds);
    double pitch = 0.3 * vigour * wave(1, seconds);
    double roll = 0.1 * vigour * wave(2, seconds);
    double near = 1 + 0.15 * vigour * wave(3, seconds);
    double x0 = still.widthPx() / 2.0;
    double y0 = still.heightPx() / 2.0;
    double a =
        near * (Math.cos(roll) * Math.cos(yaw) - Math.sin(roll) * Math.sin(pitch) * Math.sin(yaw));
    double b = near * (-Math.sin(roll) * Math.cos(pitch));
    double c =
        near * (Math.sin(roll) * Math.cos(yaw) + Math.cos(roll) * Math.sin(pitch) * Math.sin(yaw));
    double d = near * (Math.cos(roll) * Math.cos(pitch));
    double g = -near * Math.cos(pitch) * Math.sin(yaw) / FOCAL_PX;
    double h = near * Math.sin(pitch) / FOCAL_PX;
    double tx = x0 + 12 * vigour * wave(4, seconds);
    double ty = y0 + 12 * vigour * wave(5, seconds);
    // u = (a (x - x0) + b (y - y0)) / w + tx, w = 1 + g (x - x0) + h (y - y0)
    double w0 = 1 - g * x0 - h * y0;
    return new double[] {
      a + tx * g,
      b + tx * h,
      tx * w0 - a * x0 - b * y0,
      c + ty * g,
      d + ty * h,
      ty * w0 - c * x0 - d * y0,
      g,
      h,
      w0
    };
  }

  private Landmarks mapped(double[] h) {
    List<Point> points =
        face.points().stream()
            .map(
                p -> {
                  double w = h[6] * p.x() + h[7] * p.y() + h[8];
                  return new Point(
                      (float) ((h[0] * p.x() + h[1] * p.y() + h[2]) / w),
                      (float) ((h[3] * p.x() + h[4] * p.y() + h[5]) / w));
                })
            .toList();
    return new Landmarks(points.get(0), points.get(1), points.get(2), points.get(3), points.get(4));
  }
}
