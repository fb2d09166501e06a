package io.facelogin.infra.benchmark.index;

import java.util.List;

/**
 * What is measured.
 *
 * @param items sizes of the gallery, each a multiple of five
 * @param trees of the Annoy index
 * @param searchK of the Annoy index
 * @param threads that build, and that search for the queries per second
 * @param queries at most, over all bins
 * @param hnswUpTo largest gallery for which hnswlib is built too: it takes its time
 */
public record IndexBenchmarkSettings(
    List<Integer> items,
    List<Integer> dimensions,
    List<Integer> trees,
    List<Integer> searchK,
    int threads,
    int queries,
    int hnswUpTo) {

  /** Bytes beside the vector: keys, maps and lists of people, or the graph. */
  private static final int OVERHEAD_BYTES = 600;

  public IndexBenchmarkSettings {
    items = List.copyOf(items);
    dimensions = List.copyOf(dimensions);
    trees = List.copyOf(trees);
    searchK = List.copyOf(searchK);
    for (int count : items) {
      for (int dimension : dimensions) {
        // Fails here and not after the first hour.
        new FaceLikeVectors(count, dimension, 1);
      }
    }
    for (int count : trees) {
      check(count >= 1 && count <= 1000, "trees must be 1 to 1000", count);
    }
    for (int k : searchK) {
      check(k >= 1, "search-k must be at least 1", k);
    }
    check(threads >= 1 && threads <= 256, "threads must be 1 to 256", threads);
    check(queries >= 100 && queries <= 100_000, "queries must be 100 to 100000", queries);
  }

  private static void check(boolean right, String rule, int got) {
    if (!right) {
      throw new IllegalArgumentException(rule + ", got " + got);
    }
  }

  /** Whether a way that keeps all on the heap may be tried. */
  boolean fitsTheHeap(int rows, int dimension) {
    // Vectors may be held twice while arrays grow.
    long bytes = (long) rows * (2 * 4L * dimension + OVERHEAD_BYTES);
    return bytes < 0.8 * Runtime.getRuntime().maxMemory();
  }
}
