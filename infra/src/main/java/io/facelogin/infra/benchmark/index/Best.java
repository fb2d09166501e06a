package io.facelogin.infra.benchmark.index;

import java.util.Arrays;

/** The few most similar rows seen so far, most similar first. One thread. */
final class Best {

  private final int[] rows;
  private final float[] similarities;

  Best(int wanted) {
    rows = new int[wanted];
    similarities = new float[wanted];
    clear();
  }

  void clear() {
    Arrays.fill(rows, -1);
    Arrays.fill(similarities, Float.NEGATIVE_INFINITY);
  }

  void offer(int row, float similarity) {
    int at = rows.length;
    while (at > 0 && similarity > similarities[at - 1]) {
      at--;
    }
    if (at < rows.length) {
      System.arraycopy(rows, at, rows, at + 1, rows.length - at - 1);
      System.arraycopy(similarities, at, similarities, at + 1, rows.length - at - 1);
      rows[at] = row;
      similarities[at] = similarity;
    }
  }

  void offerAll(Best other) {
    for (int i = 0; i < other.rows.length && other.rows[i] >= 0; i++) {
      offer(other.rows[i], other.similarities[i]);
    }
  }

  /** -1 where fewer were seen. */
  int[] rows() {
    return rows;
  }
}
