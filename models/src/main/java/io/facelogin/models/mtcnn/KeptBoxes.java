package io.facelogin.models.mtcnn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Squares by size and place, so that suppression compares each with its neighbours only: ten
 * thousand candidates of a noisy frame would else need tens of millions of comparisons. Squares of
 * which one has more than half of the union of both in common differ in side by less than a factor
 * of 1.5 and lie less than a side apart.
 */
final class KeptBoxes {

  private final Map<Cell, List<Candidate>> cells = new HashMap<>();

  /**
   * @param size sides of 2^size up to twice that
   * @param x of the centre, in units of 2^size
   */
  private record Cell(int size, int x, int y) {}

  void add(Candidate square) {
    int size = size(square);
    cells.computeIfAbsent(cell(square, size), cell -> new ArrayList<>(2)).add(square);
  }

  /** All that may have more than half of the union in common, and some others. */
  List<Candidate> near(Candidate square) {
    List<Candidate> near = new ArrayList<>();
    int middle = size(square);
    for (int size = middle - 1; size <= middle + 1; size++) {
      Cell centre = cell(square, size);
      // The smaller the cells, the more of them a side reaches over.
      int reach = size < middle ? 2 : 1;
      for (int y = centre.y() - reach; y <= centre.y() + reach; y++) {
        for (int x = centre.x() - reach; x <= centre.x() + reach; x++) {
          near.addAll(cells.getOrDefault(new Cell(size, x, y), List.of()));
        }
      }
    }
    return near;
  }

  private static int size(Candidate square) {
    return Math.getExponent(Math.max(square.width(), square.height()) + 1);
  }

  private static Cell cell(Candidate square, int size) {
    double unit = Math.scalb(1.0, size);
    return new Cell(
        size,
        (int) Math.floor((square.x1() + square.x2()) / 2 / unit),
        (int) Math.floor((square.y1() + square.y2()) / 2 / unit));
  }
}
