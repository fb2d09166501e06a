package io.facelogin.jannoy;

/** The nearest of all offered: a heap with the farthest on top, until it is sorted. */
final class NearestList {

  private int[] ids = new int[16];
  private float[] distances = new float[16];
  private int size;
  private int wanted;

  void reset(int wanted) {
    this.wanted = wanted;
    size = 0;
  }

  int size() {
    return size;
  }

  int id(int rank) {
    return ids[check(rank)];
  }

  float distance(int rank) {
    return distances[check(rank)];
  }

  private int check(int rank) {
    if (rank < 0 || rank >= size) {
      throw new IndexOutOfBoundsException("rank " + rank + " of " + size + " results");
    }
    return rank;
  }

  void offer(int id, float distance) {
    if (size < wanted) {
      if (size == ids.length) {
        ids = java.util.Arrays.copyOf(ids, 2 * size);
        distances = java.util.Arrays.copyOf(distances, 2 * size);
      }
      int at = size++;
      while (at > 0 && isFarther(id, distance, (at - 1) / 2)) {
        move((at - 1) / 2, at);
        at = (at - 1) / 2;
      }
      set(at, id, distance);
    } else if (!isFarther(id, distance, 0)) {
      sink(id, distance, size);
    }
  }

  /** Nearest first. */
  void sort() {
    for (int end = size - 1; end > 0; end--) {
      int id = ids[end];
      float distance = distances[end];
      move(0, end);
      sink(id, distance, end);
    }
  }

  /** Puts an entry in the place of the farthest and lets it sink. */
  private void sink(int id, float distance, int end) {
    int at = 0;
    for (int child = 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && isFarther(ids[child + 1], distances[child + 1], child)) {
        child++;
      }
      if (!isFarther(ids[child], distances[child], id, distance)) {
        break;
      }
      move(child, at);
      at = child;
    }
    set(at, id, distance);
  }

  private boolean isFarther(int id, float distance, int than) {
    return isFarther(id, distance, ids[than], distances[than]);
  }

  private static boolean isFarther(int id, float distance, int otherId, float otherDistance) {
    int order = Float.compare(distance, otherDistance);
    return order > 0 || (order == 0 && id > otherId);
  }

  private void move(int from, int to) {
    set(to, ids[from], distances[from]);
  }

  private void set(int at, int id, float distance) {
    ids[at] = id;
    distances[at] = distance;
  }
}
