package io.facelogin.detector.presentation;

import static org.bytedeco.opencv.global.opencv_calib3d.RANSAC;
import static org.bytedeco.opencv.global.opencv_calib3d.findHomography;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.goodFeaturesToTrack;
import static org.bytedeco.opencv.global.opencv_imgproc.warpPerspective;
import static org.bytedeco.opencv.global.opencv_video.calcOpticalFlowPyrLK;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.TermCriteria;

/**
 * How two pictures of a face differ beyond what a flat picture of it could: points that are easily
 * told apart are followed from one to the other (Lucas and Kanade), the best homography is fitted,
 * and what is left over is what no plane does, however it is moved, tilted or come close to.
 *
 * @param residual of the tenth of the places that deviate most, in eye distances
 * @param motion median way of the points in the patch, in eye distances
 * @param foreshortening how differently the plane was stretched along and across, 0 = not at all
 */
record PlaneFit(double residual, double motion, double foreshortening) {

  private static final int MOST_POINTS = 100;
  private static final double LEAST_SPACING_PX = 4;
  private static final int WINDOW_PX = 13;
  private static final int LEVELS = 2;

  /** A point that does not come back to where it came from was lost. */
  private static final double ROUND_TRIP_PX = 0.6;

  /** Farther from the plane than this does not belong to it, for fitting. */
  private static final double ON_PLANE_PX = 0.6;

  /** The same for points that were followed roughly. */
  private static final double ROUGHLY_PX = 1.5;

  private static final int LEAST_POINTS = 25;
  private static final double LEAST_SHARE = 0.4;

  /** A place is what so many points next to each other agree upon. */
  private static final int NEIGHBOURS = 5;

  /** Half axes of the inner face: no hair, no background, no rim of a mask. */
  private static final double HALF_WIDTH_PX = 40;

  private static final double HALF_HEIGHT_PX = 52;

  private static final byte[] INNER_FACE = innerFace();

  /** Points and where they went, x and y in turn. */
  private record Ways(float[] from, float[] to, int all) {

    int count() {
      return from.length / 2;
    }

    boolean areEnough() {
      return count() >= LEAST_POINTS && count() >= LEAST_SHARE * all;
    }
  }

  /**
   * Twice: where the plane went roughly, and once more with the second picture brought back by
   * that, since points are followed exactly only where their surroundings keep their shape.
   *
   * @return nothing if too little could be followed
   */
  static Optional<PlaneFit> between(FacePatch from, FacePatch to) {
    int side = FacePatch.SIDE_PX;
    try (BytePointer fromBytes = new BytePointer(from.unlit());
        BytePointer toBytes = new BytePointer(to.unlit());
        BytePointer greyBytes = new BytePointer(to.grey());
        Mat first = new Mat(side, side, CV_8UC1, fromBytes);
        Mat second = new Mat(side, side, CV_8UC1, toBytes);
        Mat secondGrey = new Mat(side, side, CV_8UC1, greyBytes);
        BytePointer maskBytes = new BytePointer(INNER_FACE);
        Mat mask = new Mat(side, side, CV_8UC1, maskBytes);
        Mat corners = new Mat()) {
      goodFeaturesToTrack(
          first, corners, MOST_POINTS, 0.01, LEAST_SPACING_PX, mask, 5, false, 0.04);
      if (corners.total() < LEAST_POINTS) {
        return Optional.empty();
      }
      Ways rough = followed(first, second, corners, LEVELS);
      double[] plane = rough.areEnough() ? plane(rough, ROUGHLY_PX) : new double[0];
      if (plane.length == 0) {
        return Optional.empty();
      }
      Ways exact;
      try (Mat grey = broughtBack(secondGrey, plane);
          Mat back = Light.removed(grey)) {
        exact = followed(first, back, corners, 0);
      }
      double[] rest = exact.areEnough() ? plane(exact, ON_PLANE_PX) : new double[0];
      return rest.length == 0 ? Optional.empty() : Optional.of(of(exact, rest, rough, plane));
    }
  }

  private static Mat broughtBack(Mat grey, double[] plane) {
    Mat back = new Mat();
    try (DoublePointer rows = new DoublePointer(plane);
        Mat h = new Mat(3, 3, CV_64F, rows);
        Size size = grey.size();
        Scalar none = Scalar.all(0)) {
      warpPerspective(grey, back, h, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_REPLICATE, none);
    }
    return back;
  }

  private static Ways followed(Mat first, Mat second, Mat corners, int levels) {
    int all = (int) corners.total();
    float[] from = new float[2 * all];
    float[] to = new float[2 * all];
    int n = 0;
    try (Mat there = new Mat();
        Mat back = new Mat();
        Mat found = new Mat();
        Mat foundBack = new Mat();
        Mat error = new Mat();
        Size window = new Size(WINDOW_PX, WINDOW_PX);
        TermCriteria until = new TermCriteria(TermCriteria.COUNT + TermCriteria.EPS, 30, 0.005)) {
      calcOpticalFlowPyrLK(
          first, second, corners, there, found, error, window, levels, until, 0, 1e-3);
      calcOpticalFlowPyrLK(
          second, first, there, back, foundBack, error, window, levels, until, 0, 1e-3);
      try (FloatIndexer a = corners.createIndexer();
          FloatIndexer b = there.createIndexer();
          FloatIndexer c = back.createIndexer();
          UByteIndexer ok = found.createIndexer();
          UByteIndexer okBack = foundBack.createIndexer()) {
        for (int i = 0; i < all; i++) {
          double dx = c.get(i, 0, 0) - a.get(i, 0, 0);
          double dy = c.get(i, 0, 1) - a.get(i, 0, 1);
          if (ok.get(i) != 0 && okBack.get(i) != 0 && Math.hypot(dx, dy) < ROUND_TRIP_PX) {
            from[2 * n] = a.get(i, 0, 0);
            from[2 * n + 1] = a.get(i, 0, 1);
            to[2 * n] = b.get(i, 0, 0);
            to[2 * n + 1] = b.get(i, 0, 1);
            n++;
          }
        }
      }
    }
    return new Ways(Arrays.copyOf(from, 2 * n), Arrays.copyOf(to, 2 * n), all);
  }

  /** The homography, row by row; empty if there is none. */
  private static double[] plane(Ways ways, double onPlanePx) {
    int n = ways.count();
    try (Mat source = new Mat(n, 1, CV_32FC2);
        Mat target = new Mat(n, 1, CV_32FC2)) {
      try (FloatIndexer s = source.createIndexer();
          FloatIndexer t = target.createIndexer()) {
        s.put(0L, ways.from());
        t.put(0L, ways.to());
      }
      try (Mat inliers = new Mat();
          Mat h = findHomography(source, target, RANSAC, onPlanePx, inliers, 500, 0.995)) {
        if (h.empty()) {
          return new double[0];
        }
        double[] rows = new double[9];
        try (DoubleIndexer values = h.createIndexer()) {
          values.get(0L, rows);
        }
        return rows;
      }
    }
  }

  private static PlaneFit of(Ways exact, double[] rest, Ways rough, double[] plane) {
    int n = exact.count();
    float[] from = exact.from();
    float[] to = exact.to();
    double[] dx = new double[n];
    double[] dy = new double[n];
    for (int i = 0; i < n; i++) {
      double x = from[2 * i];
      double y = from[2 * i + 1];
      double w = rest[6] * x + rest[7] * y + rest[8];
      dx[i] = to[2 * i] - (rest[0] * x + rest[1] * y + rest[2]) / w;
      dy[i] = to[2 * i + 1] - (rest[3] * x + rest[4] * y + rest[5]) / w;
    }
    double[] deviation = new double[n];
    for (int i = 0; i < n; i++) {
      int[] near = nearest(from, i);
      deviation[i] = Math.hypot(median(dx, near), median(dy, near));
    }
    Arrays.sort(deviation);
    double sum = 0;
    int first = n - Math.max(1, n / 10);
    for (int i = first; i < n; i++) {
      sum += deviation[i];
    }
    return new PlaneFit(
        sum / (n - first) / FacePatch.EYE_DISTANCE_PX,
        medianWay(rough) / FacePatch.EYE_DISTANCE_PX,
        foreshortening(plane));
  }

  private static double medianWay(Ways ways) {
    double[] way = new double[ways.count()];
    for (int i = 0; i < way.length; i++) {
      way[i] =
          Math.hypot(
              ways.to()[2 * i] - ways.from()[2 * i], ways.to()[2 * i + 1] - ways.from()[2 * i + 1]);
    }
    Arrays.sort(way);
    return way[way.length / 2];
  }

  /** Of a map about the middle of the face: its larger stretch over its smaller, less 1. */
  private static double foreshortening(double[] h) {
    double x = FacePatch.SIDE_PX / 2.0;
    double w = h[6] * x + h[7] * x + h[8];
    double u = (h[0] * x + h[1] * x + h[2]) / w;
    double v = (h[3] * x + h[4] * x + h[5]) / w;
    double a = (h[0] - h[6] * u) / w;
    double b = (h[1] - h[7] * u) / w;
    double c = (h[3] - h[6] * v) / w;
    double d = (h[4] - h[7] * v) / w;
    double sum = Math.hypot(a + d, c - b);
    double difference = Math.hypot(a - d, c + b);
    return sum <= difference ? 1 : (sum + difference) / (sum - difference) - 1;
  }

  private static int[] nearest(float[] points, int to) {
    int n = points.length / 2;
    int[] near = new int[Math.min(NEIGHBOURS, n)];
    double[] away = new double[near.length];
    int count = 0;
    for (int i = 0; i < n; i++) {
      double dx = points[2 * i] - points[2 * to];
      double dy = points[2 * i + 1] - points[2 * to + 1];
      double distance = dx * dx + dy * dy;
      if (count == near.length && distance >= away[count - 1]) {
        continue;
      }
      int at = count < near.length ? count++ : count - 1;
      while (at > 0 && away[at - 1] > distance) {
        away[at] = away[at - 1];
        near[at] = near[at - 1];
        at--;
      }
      away[at] = distance;
      near[at] = i;
    }
    return near;
  }

  private static double median(double[] values, int[] at) {
    double[] chosen = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      chosen[i] = values[at[i]];
    }
    Arrays.sort(chosen);
    return chosen[chosen.length / 2];
  }

  private static byte[] innerFace() {
    int side = FacePatch.SIDE_PX;
    byte[] mask = new byte[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double dx = (x - side / 2.0) / HALF_WIDTH_PX;
        double dy = (y - side / 2.0) / HALF_HEIGHT_PX;
        mask[y * side + x] = (byte) (dx * dx + dy * dy <= 1 ? 255 : 0);
      }
    }
    return mask;
  }
}
