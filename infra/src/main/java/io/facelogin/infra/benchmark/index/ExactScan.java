package io.facelogin.infra.benchmark.index;

import io.facelogin.jannoy.VectorArithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Compares with every row: the truth, and the baseline of all other ways. */
final class ExactScan implements SearchEngine {

  private static final int ROWS_AT_ONCE = 64;

  /** Rows of one part of the work when many queries are answered at once. */
  private static final int PART = 5_000;

  private final VectorFile vectors;
  private final VectorArithmetic arithmetic = VectorArithmetic.fastest();

  ExactScan(VectorFile vectors) {
    this.vectors = vectors;
  }

  @Override
  public String name() {
    return "exact, float";
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(
            "-",
            () -> {
              float[] rows = new float[ROWS_AT_ONCE * vectors.dimension()];
              return (query, best) -> scan(List.of(query), List.of(best), 0, vectors.rows(), rows);
            }));
  }

  /** The most similar rows of each query; on all cores, each row is read once for all queries. */
  List<int[]> truth(List<float[]> queries, int wanted) {
    List<Best> found = fresh(queries.size(), wanted);
    IntStream.range(0, (vectors.rows() + PART - 1) / PART)
        .parallel()
        .forEach(
            part -> {
              List<Best> here = fresh(queries.size(), wanted);
              int end = Math.min(vectors.rows(), (part + 1) * PART);
              scan(queries, here, part * PART, end, new float[ROWS_AT_ONCE * vectors.dimension()]);
              synchronized (found) {
                for (int i = 0; i < here.size(); i++) {
                  found.get(i).offerAll(here.get(i));
                }
              }
            });
    return found.stream().map(Best::rows).toList();
  }

  private static List<Best> fresh(int count, int wanted) {
    List<Best> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Best(wanted));
    }
    return all;
  }

  private void scan(List<float[]> queries, List<Best> best, int from, int to, float[] rows) {
    int dimension = vectors.dimension();
    for (int row = from; row < to; ) {
      int count = vectors.together(row, Math.min(ROWS_AT_ONCE, to - row));
      vectors.read(row, count, rows);
      for (int q = 0; q < queries.size(); q++) {
        float[] query = queries.get(q);
        Best mine = best.get(q);
        for (int i = 0; i < count; i++) {
          mine.offer(row + i, arithmetic.dot(rows, i * dimension, query, 0, dimension));
        }
      }
      row += count;
    }
  }

  @Override
  public void close() {}
}
