package io.facelogin.models.mtcnn;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * Sorts as the reference does. Many of the best candidates have the same probability in float, and
 * which of them survives suppression decides about the face's box: by up to a tenth of it. The
 * reference leaves that to NumPy's {@code argsort}, a quicksort that is not stable; so this takes
 * the same steps (median of three, insertion below 17, the larger part later).
 */
final class ReferenceOrder {

  private static final int INSERTION = 16;

  private final float[] keys;
  private final int[] order;

  private ReferenceOrder(float[] keys) {
    this.keys = keys;
    this.order = IntStream.range(0, keys.length).toArray();
  }

  /** A part that waits to be sorted. */
  private record Part(int left, int right, int depth) {}

  /**
   * @return indices of the keys, smallest key first
   */
  static int[] of(float[] keys) {
    var sorting = new ReferenceOrder(keys);
    sorting.sort();
    return sorting.order;
  }

  private void sort() {
    Deque<Part> waiting = new ArrayDeque<>();
    waiting.push(new Part(0, keys.length - 1, 2 * Integer.toBinaryString(keys.length).length()));
    while (!waiting.isEmpty()) {
      Part part = waiting.pop();
      int left = part.left();
      int right = part.right();
      int depth = part.depth();
      while (right - left > INSERTION && depth > 0) {
        int middle = split(left, right);
        depth--;
        if (middle - left < right - middle) {
          waiting.push(new Part(middle + 1, right, depth));
          right = middle - 1;
        } else {
          waiting.push(new Part(left, middle - 1, depth));
          left = middle + 1;
        }
      }
      if (right - left > INSERTION) {
        // Keys that quicksort is slow on: any order of equal ones will do.
        sortOtherwise(left, right);
      } else {
        insert(left, right);
      }
    }
  }

  /** Smaller ones to the left of the returned place, greater ones to the right. */
  private int split(int left, int right) {
    int middle = left + (right - left) / 2;
    swapIfLess(middle, left);
    swapIfLess(right, middle);
    swapIfLess(middle, left);
    float pivot = keys[order[middle]];
    int up = left;
    int down = right - 1;
    swap(middle, down);
    while (true) {
      do {
        up++;
      } while (keys[order[up]] < pivot);
      do {
        down--;
      } while (pivot < keys[order[down]]);
      if (up >= down) {
        break;
      }
      swap(up, down);
    }
    swap(up, right - 1);
    return up;
  }

  private void insert(int left, int right) {
    for (int i = left + 1; i <= right; i++) {
      int index = order[i];
      int at = i;
      while (at > left && keys[index] < keys[order[at - 1]]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = index;
    }
  }

  private void sortOtherwise(int left, int right) {
    int[] sorted =
        IntStream.rangeClosed(left, right)
            .mapToObj(i -> order[i])
            .sorted(Comparator.comparingDouble(index -> keys[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, left, sorted.length);
  }

  private void swapIfLess(int a, int b) {
    if (keys[order[a]] < keys[order[b]]) {
      swap(a, b);
    }
  }

  private void swap(int a, int b) {
    int index = order[a];
    order[a] = order[b];
    order[b] = index;
  }
}
