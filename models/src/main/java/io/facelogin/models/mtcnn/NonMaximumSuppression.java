package io.facelogin.models.mtcnn;

import java.util.ArrayList;
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
   * @param threshold boxes with a greater overlap than this fall to the better one; at least 0.5
   *     for the union
   * @return indices of those kept, best first; equal ones in the order of the reference
   */
  static List<Integer> keep(List<Candidate> boxes, double threshold, Overlap overlap) {
    float[] probabilities = new float[boxes.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = MtcnnLayers.probability(boxes.get(i).logOdds());
    }
    int[] worstFirst = ReferenceOrder.of(probabilities);
    KeptBoxes neighbours = new KeptBoxes();
    List<Candidate> all = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int at = worstFirst.length - 1; at >= 0; at--) {
      Candidate box = boxes.get(worstFirst[at]);
      Iterable<Candidate> near = overlap == Overlap.UNION ? neighbours.near(box) : all;
      boolean falls = false;
      for (Candidate better : near) {
        if (overlap(better, box, overlap) > threshold) {
          falls = true;
          break;
        }
      }
      if (!falls) {
        kept.add(worstFirst[at]);
        if (overlap == Overlap.UNION) {
          neighbours.add(box);
        } else {
          all.add(box);
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
