package io.facelogin.infra.benchmark.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/** Rows of floats in a mapped file, so that a million vectors take no heap. Readers share it. */
final class VectorFile {

  private static final int ROWS_PER_MAP = 100_000;
  private static final int ROWS_PER_WRITE = 500;

  private final int rows;
  private final int dimension;
  private final FloatBuffer[] maps;

  private VectorFile(int rows, int dimension, FloatBuffer[] maps) {
    this.rows = rows;
    this.dimension = dimension;
    this.maps = maps;
  }

  /** Makes all vectors, on all cores; a million of 128 take five seconds on two. */
  static VectorFile write(FaceLikeVectors vectors, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "vectors-", ".f32");
    int dimension = vectors.dimension();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      long rowBytes = 4L * dimension;
      FloatBuffer[] maps = new FloatBuffer[(vectors.rows() + ROWS_PER_MAP - 1) / ROWS_PER_MAP];
      for (int i = 0; i < maps.length; i++) {
        long first = (long) i * ROWS_PER_MAP;
        long count = Math.min(ROWS_PER_MAP, vectors.rows() - first);
        ByteBuffer map =
            channel
                .map(FileChannel.MapMode.READ_WRITE, first * rowBytes, count * rowBytes)
                .order(ByteOrder.LITTLE_ENDIAN);
        maps[i] = map.asFloatBuffer();
      }
      IntStream.range(0, (vectors.rows() + ROWS_PER_WRITE - 1) / ROWS_PER_WRITE)
          .parallel()
          .forEach(
              part -> {
                int end = Math.min(vectors.rows(), (part + 1) * ROWS_PER_WRITE);
                for (int row = part * ROWS_PER_WRITE; row < end; row++) {
                  maps[row / ROWS_PER_MAP].put(
                      row % ROWS_PER_MAP * dimension, vectors.row(row), 0, dimension);
                }
              });
      return new VectorFile(vectors.rows(), dimension, maps);
    }
  }

  int rows() {
    return rows;
  }

  int dimension() {
    return dimension;
  }

  /** Copies rows that lie one after another; they must not cross 100,000s. */
  void read(int row, int count, float[] into) {
    maps[row / ROWS_PER_MAP].get(row % ROWS_PER_MAP * dimension, into, 0, count * dimension);
  }

  float[] row(int row) {
    float[] vector = new float[dimension];
    read(row, 1, vector);
    return vector;
  }

  /** How many rows from this one on may be read at once, at most wanted. */
  int together(int row, int wanted) {
    return Math.min(wanted, Math.min(rows - row, ROWS_PER_MAP - row % ROWS_PER_MAP));
  }
}
