package io.facelogin.models.mtcnn;

import io.facelogin.models.geometry.Box;

/**
 * A box that may hold a face, on its way through the cascade. In double, as the reference computes.
 *
 * @param logOdds of a face, as the last network said; in float's probabilities the best candidates
 *     would all be 1, and chance would decide whom suppression keeps
 * @param dx1 correction of each side in units of the box's width or height, as the network gave it
 */
record Candidate(
    double x1,
    double y1,
    double x2,
    double y2,
    double logOdds,
    double dx1,
    double dy1,
    double dx2,
    double dy2) {

  double width() {
    return x2 - x1;
  }

  double height() {
    return y2 - y1;
  }

  /** In whole pixels, both ends counted. */
  double area() {
    return (width() + 1) * (height() + 1);
  }

  /**
   * Moves the sides by the corrections.
   *
   * @param extraPx added to width and height before: the reference counts both ends after R-Net and
   *     O-Net, but not after P-Net
   */
  Candidate corrected(double extraPx) {
    double w = width() + extraPx;
    double h = height() + extraPx;
    return at(x1 + dx1 * w, y1 + dy1 * h, x2 + dx2 * w, y2 + dy2 * h);
  }

  /** The square of the longer side around the same centre. */
  Candidate squared() {
    double side = Math.max(width(), height());
    double left = x1 + width() * 0.5 - side * 0.5;
    double top = y1 + height() * 0.5 - side * 0.5;
    return at(left, top, left + side, top + side);
  }

  /** Whole pixels, cut towards zero. */
  Candidate truncated() {
    return at((int) x1, (int) y1, (int) x2, (int) y2);
  }

  Candidate moved(double right, double down) {
    return at(x1 + right, y1 + down, x2 + right, y2 + down);
  }

  Candidate judged(double newLogOdds, double newDx1, double newDy1, double newDx2, double newDy2) {
    return new Candidate(x1, y1, x2, y2, newLogOdds, newDx1, newDy1, newDx2, newDy2);
  }

  Box box() {
    return new Box((float) x1, (float) y1, (float) x2, (float) y2);
  }

  private Candidate at(double newX1, double newY1, double newX2, double newY2) {
    return new Candidate(newX1, newY1, newX2, newY2, logOdds, dx1, dy1, dx2, dy2);
  }
}
