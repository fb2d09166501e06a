package io.facelogin.models.mtcnn;

import io.facelogin.models.geometry.Box;
import java.util.List;
import java.util.stream.Stream;

/** Stands in for P-Net where a face is expected: proposals around the place where it was. */
final class Expectation {

  /** R-Net recovers about a quarter of a width by itself; these reach a fifth farther. */
  private static final double SHIFT = 0.2;

  private static final double SHRINK = 0.8;
  private static final double GROW = 1.25;

  private Expectation() {}

  /** Squares in whole pixels, as P-Net's proposals are when R-Net gets them. */
  static List<Candidate> proposals(Box box) {
    return Stream.of(
            around(box, 0, 0, 1),
            around(box, -SHIFT, 0, 1),
            around(box, SHIFT, 0, 1),
            around(box, 0, -SHIFT, 1),
            around(box, 0, SHIFT, 1),
            around(box, 0, 0, SHRINK),
            around(box, 0, 0, GROW))
        .map(candidate -> candidate.squared().truncated())
        .toList();
  }

  /** The place itself, as O-Net gets it. */
  static Candidate square(Box box) {
    return around(box, 0, 0, 1).squared().truncated();
  }

  private static Candidate around(Box box, double right, double down, double scale) {
    double x = (box.x1() + box.x2()) / 2.0 + right * box.width();
    double y = (box.y1() + box.y2()) / 2.0 + down * box.height();
    double halfWidth = box.width() * scale / 2;
    double halfHeight = box.height() * scale / 2;
    return new Candidate(
        x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, 0, 0, 0, 0, 0);
  }
}
