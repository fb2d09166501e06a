package io.facelogin.matcher.index;

import io.facelogin.jannoy.ByteRows;
import io.facelogin.jannoy.VectorArithmetic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors that are scanned whole, kept twice: as bytes on the heap, which a scan reads all of, and
 * as floats outside of it, read only where the bytes cannot rule a row out. What a scan finds is
 * exactly what comparing all floats would find. Rows are only ever appended. Appending and scanning
 * must not happen at once; {@link LiveIndex} sees to that.
 */
final class VectorRows {

  /** Large enough to stream and to be a unit of work, too small for the heap's large objects. */
  private static final int BLOCK_BYTES = 1 << 17;

  /** Below this one core is faster than waking another. */
  private static final long BYTES_FOR_ONE_CORE = 1 << 20;

  private static final ByteRows BYTES = ByteRows.fastest();

  private final int dimension;
  private final int padded;
  private final int rowsPerBlock;
  private final VectorArithmetic arithmetic;
  private final ScanCrew crew;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final ThreadLocal<float[]> scratch;

  private static final class Block {
    final byte[] codes;
    final float[] scales;
    final float[] slacks;
    final FloatBuffer vectors;

    Block(int rows, int dimension, int padded) {
      codes = new byte[rows * padded];
      scales = new float[rows];
      slacks = new float[rows];
      vectors =
          ByteBuffer.allocateDirect(rows * dimension * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
  }

  VectorRows(int dimension, VectorArithmetic arithmetic, ScanCrew crew) {
    this.dimension = dimension;
    this.arithmetic = arithmetic;
    this.crew = crew;
    padded = ByteRows.padded(dimension);
    int groups = Math.max(1, BLOCK_BYTES / (padded * ByteRows.GROUP));
    rowsPerBlock = groups * ByteRows.GROUP;
    scratch = ThreadLocal.withInitial(() -> new float[dimension]);
  }

  int size() {
    return entries.size();
  }

  Entry entry(int row) {
    return entries.get(row);
  }

  void append(Entry entry, float[] vector) {
    int row = entries.size();
    int inBlock = row % rowsPerBlock;
    if (inBlock == 0) {
      blocks.add(new Block(rowsPerBlock, dimension, padded));
    }
    Block block = block(row);
    block.vectors.put(inBlock * dimension, vector);
    encode(vector, block, inBlock);
    entries.add(entry);
  }

  private void encode(float[] vector, Block block, int row) {
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    float step = Math.max(largest, Float.MIN_NORMAL) / ByteRows.LARGEST_CODE;
    int group = row / ByteRows.GROUP * ByteRows.GROUP * padded;
    int place = group + BYTES.place(row % ByteRows.GROUP);
    double lost = 0;
    for (int i = 0; i < dimension; i++) {
      int code = Math.round(vector[i] / step);
      block.codes[place + i * ByteRows.GROUP] = (byte) code;
      double error = vector[i] - (double) step * code;
      lost += error * error;
    }
    block.scales[row] = step;
    block.slacks[row] = (float) Math.sqrt(lost) + ByteProbe.floatNoise(dimension);
  }

  void copy(int row, float[] into) {
    block(row).vectors.get(row % rowsPerBlock * dimension, into);
  }

  float similarity(float[] probe, int row) {
    float[] vector = scratch.get();
    copy(row, vector);
    return arithmetic.dot(probe, 0, vector, 0, dimension);
  }

  /** Exact, by bytes first and on all cores. */
  void scan(float[] probe, BestPeople best) {
    if (entries.isEmpty()) {
      return;
    }
    ByteProbe bytes = new ByteProbe(probe);
    boolean alone = (long) entries.size() * padded < BYTES_FOR_ONE_CORE;
    crew.scan(blocks.size(), alone, best, (block, found) -> scanBlock(bytes, block, found));
  }

  private void scanBlock(ByteProbe probe, int blockNumber, BestPeople best) {
    Block block = blocks.get(blockNumber);
    int first = blockNumber * rowsPerBlock;
    int rows = Math.min(rowsPerBlock, entries.size() - first);
    for (int group = 0; group < rows; group += ByteRows.GROUP) {
      long left =
          BYTES.above(
              block.codes,
              group * padded,
              probe.numbers,
              block.scales,
              block.slacks,
              group,
              probe.factor,
              probe.bar(best.bar()));
      for (; left != 0; left &= left - 1) {
        int row = group + Long.numberOfTrailingZeros(left);
        if (row < rows) {
          offer(probe.vector, first + row, best);
        }
      }
    }
  }

  private void offer(float[] probe, int row, BestPeople best) {
    Entry entry = entries.get(row);
    if (!entry.erased) {
      best.offer(entry.person, similarity(probe, row));
    }
  }

  /** The plain way, without bytes: what {@link #scan} is measured and watched against. */
  void scanFloats(float[] probe, int fromRow, int toRow, BestPeople best) {
    for (int row = fromRow; row < Math.min(toRow, entries.size()); row++) {
      offer(probe, row, best);
    }
  }

  /** The rows from one on that are not erased. */
  VectorRows keepFrom(int firstRow) {
    VectorRows kept = new VectorRows(dimension, arithmetic, crew);
    float[] vector = new float[dimension];
    for (int row = firstRow; row < entries.size(); row++) {
      if (!entries.get(row).erased) {
        copy(row, vector);
        kept.append(entries.get(row), vector);
      }
    }
    return kept;
  }

  private Block block(int row) {
    return blocks.get(row / rowsPerBlock);
  }
}
