package io.facelogin.infra.benchmark.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures ways of searching against the exact scan, on the same vectors and queries. Queries come
 * in bins of a fixed cosine to one row, their mate, because the cosine decides how hard it is to
 * find: an average over easy ones says nothing about those at a threshold. Times are of one thread,
 * queries one after another, the better of two passes; queries per second of all threads together.
 */
public final class IndexBenchmark {

  private static final double[] COSINES = {0.3, 0.4, 0.5, 0.6, 0.7};
  private static final int WANTED = 5;
  private static final int PASSES = 2;

  /** More than so many comparisons' worth of queries are not waited for: fewer are asked. */
  private static final long COMPARISONS = 1_000_000_000L;

  private final IndexBenchmarkSettings settings;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for index files and vectors; they are gone afterwards
   * @param progress is told what happens now
   */
  public IndexBenchmark(IndexBenchmarkSettings settings, Path folder, Consumer<String> progress) {
    this.settings = settings;
    this.folder = folder;
    this.progress = progress;
  }

  /** Something that takes time to make. */
  private interface Making {
    SearchEngine make() throws IOException, InterruptedException;
  }

  /** Queries and their true answers. */
  private record Questions(List<float[]> queries, List<String> bins, List<int[]> truth) {}

  public List<IndexResult> run() throws IOException, InterruptedException {
    List<IndexResult> results = new ArrayList<>();
    for (int dimension : settings.dimensions()) {
      for (int items : settings.items()) {
        results.addAll(run(new FaceLikeVectors(items, dimension, 1)));
      }
    }
    return results;
  }

  private List<IndexResult> run(FaceLikeVectors made) throws IOException, InterruptedException {
    String set = String.format(Locale.ROOT, "%,d x %d", made.rows(), made.dimension());
    progress.accept(set + ": making vectors and exact answers");
    VectorFile vectors = VectorFile.write(made, folder);
    Questions questions = questions(made, vectors);
    List<IndexResult> results = new ArrayList<>();
    measure(results, set, () -> new ExactScan(vectors), vectors, questions);
    if (settings.fitsTheHeap(made.rows(), made.dimension())) {
      measure(results, set, () -> LiveEngine.build(vectors, WANTED, folder), vectors, questions);
    } else {
      progress.accept(set + ": too large for this heap as a live gallery; left out");
    }
    for (int trees : settings.trees()) {
      measure(
          results,
          set,
          () ->
              AnnoyEngine.build(
                  vectors, trees, settings.threads(), WANTED, settings.searchK(), folder),
          vectors,
          questions);
    }
    if (made.rows() <= settings.hnswUpTo() && settings.fitsTheHeap(made.rows(), made.dimension())) {
      measure(
          results,
          set,
          () -> HnswEngine.build(vectors, settings.threads(), WANTED, progress),
          vectors,
          questions);
    } else {
      progress.accept(set + ": hnswlib left out, see --hnsw-up-to and the heap");
    }
    return results;
  }

  private Questions questions(FaceLikeVectors made, VectorFile vectors) {
    Random random = new Random(7);
    int each =
        (int)
            Math.max(20, Math.min(settings.queries(), COMPARISONS / made.rows()) / COSINES.length);
    List<float[]> queries = new ArrayList<>();
    List<String> bins = new ArrayList<>();
    for (double cosine : COSINES) {
      for (int i = 0; i < each; i++) {
        queries.add(made.query(vectors.row(random.nextInt(made.rows())), cosine, random));
        bins.add(String.format(Locale.ROOT, "%.1f", cosine));
      }
    }
    return new Questions(queries, bins, new ExactScan(vectors).truth(queries, WANTED));
  }

  private void measure(
      List<IndexResult> results, String set, Making making, VectorFile vectors, Questions questions)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (SearchEngine engine = making.make()) {
      double buildSeconds = (System.nanoTime() - begun) / 1e9;
      progress.accept(
          String.format(Locale.ROOT, "%s: %s ready in %.1f s", set, engine.name(), buildSeconds));
      for (SearchEngine.Setting setting : engine.settings()) {
        results.add(result(engine, setting, buildSeconds, vectors, questions));
      }
    }
  }

  private IndexResult result(
      SearchEngine engine,
      SearchEngine.Setting setting,
      double buildSeconds,
      VectorFile vectors,
      Questions questions) {
    int count = questions.queries().size();
    List<int[]> answers = new ArrayList<>();
    double[] milliseconds = new double[count];
    Arrays.fill(milliseconds, Double.MAX_VALUE);
    SearchEngine.OneSearch search = setting.newSearch().get();
    Best best = new Best(WANTED);
    for (int pass = 0; pass < PASSES; pass++) {
      answers.clear();
      for (int i = 0; i < count; i++) {
        best.clear();
        long begun = System.nanoTime();
        search.run(questions.queries().get(i), best);
        milliseconds[i] = Math.min(milliseconds[i], (System.nanoTime() - begun) / 1e6);
        answers.add(best.rows().clone());
      }
    }
    Arrays.sort(milliseconds);
    return new IndexResult(
        vectors.rows(),
        vectors.dimension(),
        engine.name(),
        setting.name(),
        rounded(buildSeconds),
        engine.fileBytes(),
        rounded(milliseconds[count / 2]),
        rounded(milliseconds[(int) (0.99 * count)]),
        rounded(queriesPerSecond(setting, questions.queries())),
        recall(questions, answers, 1),
        recall(questions, answers, WANTED));
  }

  private double queriesPerSecond(SearchEngine.Setting setting, List<float[]> queries) {
    int threads = settings.threads();
    long begun = System.nanoTime();
    List<Thread> running =
        IntStream.range(0, threads)
            .mapToObj(
                thread -> {
                  var task =
                      new Thread(
                          () -> {
                            SearchEngine.OneSearch search = setting.newSearch().get();
                            Best best = new Best(WANTED);
                            for (int i = thread; i < queries.size(); i += threads) {
                              best.clear();
                              search.run(queries.get(i), best);
                            }
                          },
                          "benchmark-search-" + thread);
                  task.start();
                  return task;
                })
            .toList();
    for (Thread thread : running) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }
    return queries.size() / ((System.nanoTime() - begun) / 1e9);
  }

  private static Map<String, Double> recall(Questions questions, List<int[]> answers, int depth) {
    Map<String, int[]> found = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      int[] counts = found.computeIfAbsent(questions.bins().get(i), bin -> new int[2]);
      int[] answer = Arrays.copyOf(answers.get(i), depth);
      for (int rank = 0; rank < depth; rank++) {
        int wanted = questions.truth().get(i)[rank];
        counts[0] += Arrays.stream(answer).anyMatch(row -> row == wanted) ? 1 : 0;
        counts[1]++;
      }
    }
    Map<String, Double> recall = new LinkedHashMap<>();
    found.forEach((bin, counts) -> recall.put(bin, rounded((double) counts[0] / counts[1])));
    return recall;
  }

  private static double rounded(double value) {
    return value >= 100 ? Math.rint(value) : Math.rint(value * 1e4) / 1e4;
  }
}
