package io.facelogin.models.mtcnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Keeps the best of boxes that overlap. */
final class NonMaximumSuppression {

  /** What the common area is compared with. */
  enum Overlap {
    UNION,
    SMALLER_BOX
  }

  private NonMaximumSuppression() {}

  /**
   * @param threshold boxes with a greater overlap than this fall to the better one
   * @return indices of those kept, best first; of equal ones the later wins
   */
  static List<Integer> keep(List<Candidate> boxes, double threshold, Overlap overlap) {
    int n = boxes.size();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        Comparator.comparingDouble((Integer i) -> boxes.get(i).logOdds())
            .thenComparingInt(i -> i)
            .reversed());
    boolean[] fallen = new boolean[n];
    List<Integer> kept = new ArrayList<>();
    for (int a = 0; a < n; a++) {
      if (fallen[a]) {
        continue;
      }
      kept.add(order[a]);
      Candidate best = boxes.get(order[a]);
      for (int b = a + 1; b < n; b++) {
        if (!fallen[b] && overlap(best, boxes.get(order[b]), overlap) > threshold) {
          fallen[b] = true;
        }
      }
    }
    return kept;
  }

  /** The boxes kept themselves. */
  static List<Candidate> best(List<Candidate> boxes, double threshold, Overlap overlap) {
    return keep(boxes, threshold, overlap).stream().map(boxes::get).toList();
  }

  static double overlap(Candidate a, Candidate b, Overlap overlap) {
    double width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()) + 1;
    double height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()) + 1;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double common = width * height;
    return switch (overlap) {
      case UNION -> common / (a.area() + b.area() - common);
      case SMALLER_BOX -> common / Math.min(a.area(), b.area());
    };
  }
}
