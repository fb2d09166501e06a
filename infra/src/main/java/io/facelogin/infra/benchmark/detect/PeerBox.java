package io.facelogin.infra.benchmark.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A candidate of the peer's cascade.
 *
 * @param probability of a face
 * @param corrections of the four sides in units of width and height
 */
record PeerBox(float x1, float y1, float x2, float y2, float probability, float[] corrections) {

  PeerBox corrected(float extra) {
    float w = x2 - x1 + extra;
    float h = y2 - y1 + extra;
    return new PeerBox(
        x1 + corrections[0] * w,
        y1 + corrections[1] * h,
        x2 + corrections[2] * w,
        y2 + corrections[3] * h,
        probability,
        corrections);
  }

  /** In whole pixels, around the same centre. */
  PeerBox squared() {
    float side = Math.max(x2 - x1, y2 - y1);
    float left = x1 + (x2 - x1 - side) / 2;
    float top = y1 + (y2 - y1 - side) / 2;
    return new PeerBox(
        (int) left, (int) top, (int) (left + side), (int) (top + side), probability, corrections);
  }

  /**
   * @param ofSmaller compare the common area with the smaller box instead of the union
   */
  static List<PeerBox> best(List<PeerBox> boxes, double threshold, boolean ofSmaller) {
    List<PeerBox> sorted = new ArrayList<>(boxes);
    sorted.sort(Comparator.comparingDouble(PeerBox::probability).reversed());
    List<PeerBox> kept = new ArrayList<>();
    for (PeerBox box : sorted) {
      if (kept.stream().noneMatch(better -> better.overlap(box, ofSmaller) > threshold)) {
        kept.add(box);
      }
    }
    return kept;
  }

  private double overlap(PeerBox other, boolean ofSmaller) {
    double width = Math.min(x2, other.x2) - Math.max(x1, other.x1) + 1;
    double height = Math.min(y2, other.y2) - Math.max(y1, other.y1) + 1;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double common = width * height;
    return ofSmaller
        ? common / Math.min(area(), other.area())
        : common / (area() + other.area() - common);
  }

  private double area() {
    return (x2 - x1 + 1.0) * (y2 - y1 + 1.0);
  }
}
