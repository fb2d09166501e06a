package io.facelogin.matcher.index;

import io.facelogin.jannoy.VectorArithmetic;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors row after row in large blocks, scanned whole. Rows are only ever appended. Appending and
 * scanning must not happen at once; {@link LiveIndex} sees to that.
 */
final class VectorRows {

  /** Of about 1 MB at 256 floats: large enough to stream, small enough not to waste. */
  private static final int ROWS_PER_BLOCK = 1024;

  private final int dimension;
  private final VectorArithmetic arithmetic;
  private final List<float[]> blocks = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  VectorRows(int dimension, VectorArithmetic arithmetic) {
    this.dimension = dimension;
    this.arithmetic = arithmetic;
  }

  int size() {
    return entries.size();
  }

  Entry entry(int row) {
    return entries.get(row);
  }

  void append(Entry entry, float[] vector) {
    int row = entries.size();
    if (row % ROWS_PER_BLOCK == 0) {
      blocks.add(new float[ROWS_PER_BLOCK * dimension]);
    }
    System.arraycopy(vector, 0, block(row), offset(row), dimension);
    entries.add(entry);
  }

  void copy(int row, float[] into) {
    System.arraycopy(block(row), offset(row), into, 0, dimension);
  }

  float similarity(float[] probe, int row) {
    return arithmetic.dot(probe, 0, block(row), offset(row), dimension);
  }

  void scan(float[] probe, BestPeople best) {
    int rows = entries.size();
    for (int row = 0; row < rows; row++) {
      float similarity = similarity(probe, row);
      if (similarity > best.bar()) {
        Entry entry = entries.get(row);
        if (!entry.erased) {
          best.offer(entry.person, similarity);
        }
      }
    }
  }

  /** The rows from one on that are not erased. */
  VectorRows keepFrom(int firstRow) {
    VectorRows kept = new VectorRows(dimension, arithmetic);
    float[] vector = new float[dimension];
    for (int row = firstRow; row < entries.size(); row++) {
      if (!entries.get(row).erased) {
        copy(row, vector);
        kept.append(entries.get(row), vector);
      }
    }
    return kept;
  }

  private float[] block(int row) {
    return blocks.get(row / ROWS_PER_BLOCK);
  }

  private int offset(int row) {
    return row % ROWS_PER_BLOCK * dimension;
  }
}
