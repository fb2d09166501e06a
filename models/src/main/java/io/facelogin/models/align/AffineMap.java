package io.facelogin.models.align;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import java.util.List;

/**
 * From the picture to the crop: {@code u = a x + b y + c, v = d x + e y + f}.
 *
 * <p>Computed in double; both fits have closed forms, so nothing iterates.
 */
record AffineMap(double a, double b, double c, double d, double e, double f) {

  static AffineMap onto(AlignmentTemplate template, Landmarks face) {
    return switch (template.fit()) {
      case SIMILARITY -> similarity(face.points(), template.pointsPx().points());
      case EYES_AND_NOSE -> eyesAndNose(face, template.pointsPx());
    };
  }

  /**
   * Least squares over turn, scale and shift, without reflection; equals Umeyama's solution in two
   * dimensions.
   *
   * @throws IllegalArgumentException if all points of the face are one and the same
   */
  static AffineMap similarity(List<Point> from, List<Point> to) {
    int n = from.size();
    double meanX = from.stream().mapToDouble(Point::x).sum() / n;
    double meanY = from.stream().mapToDouble(Point::y).sum() / n;
    double meanU = to.stream().mapToDouble(Point::x).sum() / n;
    double meanV = to.stream().mapToDouble(Point::y).sum() / n;
    double cosine = 0;
    double sine = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      double x = from.get(i).x() - meanX;
      double y = from.get(i).y() - meanY;
      double u = to.get(i).x() - meanU;
      double v = to.get(i).y() - meanV;
      cosine += x * u + y * v;
      sine += x * v - y * u;
      spread += x * x + y * y;
    }
    if (!(spread > 1e-9)) {
      throw new IllegalArgumentException("The points of the face lie on one spot: " + from);
    }
    double a = cosine / spread;
    double s = sine / spread;
    return new AffineMap(a, -s, meanU - a * meanX + s * meanY, s, a, meanV - s * meanX - a * meanY);
  }

  /**
   * @throws IllegalArgumentException if eyes and nose lie on one line: a full profile cannot be
   *     mapped so
   */
  static AffineMap eyesAndNose(Landmarks from, Landmarks to) {
    double x1 = from.rightEye().x() - from.leftEye().x();
    double y1 = from.rightEye().y() - from.leftEye().y();
    double x2 = from.nose().x() - from.leftEye().x();
    double y2 = from.nose().y() - from.leftEye().y();
    double determinant = x1 * y2 - x2 * y1;
    if (!(Math.abs(determinant) > 1e-6 * (x1 * x1 + y1 * y1) && x1 * x1 + y1 * y1 > 0)) {
      throw new IllegalArgumentException("Eyes and nose lie on one line: " + from);
    }
    double u1 = to.rightEye().x() - to.leftEye().x();
    double v1 = to.rightEye().y() - to.leftEye().y();
    double u2 = to.nose().x() - to.leftEye().x();
    double v2 = to.nose().y() - to.leftEye().y();
    double a = (u1 * y2 - u2 * y1) / determinant;
    double b = (u2 * x1 - u1 * x2) / determinant;
    double d = (v1 * y2 - v2 * y1) / determinant;
    double e = (v2 * x1 - v1 * x2) / determinant;
    double x = from.leftEye().x();
    double y = from.leftEye().y();
    return new AffineMap(
        a, b, to.leftEye().x() - a * x - b * y, d, e, to.leftEye().y() - d * x - e * y);
  }

  Point apply(Point p) {
    return new Point((float) (a * p.x() + b * p.y() + c), (float) (d * p.x() + e * p.y() + f));
  }

  /** As OpenCV takes it: two rows of three. */
  double[] rows() {
    return new double[] {a, b, c, d, e, f};
  }
}
