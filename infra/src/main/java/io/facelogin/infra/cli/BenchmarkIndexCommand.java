package io.facelogin.infra.cli;

import io.facelogin.infra.benchmark.index.IndexBenchmark;
import io.facelogin.infra.benchmark.index.IndexBenchmarkSettings;
import io.facelogin.infra.benchmark.index.IndexPlot;
import io.facelogin.infra.benchmark.index.IndexResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures ways of searching a gallery. */
@Command(
    name = "index",
    description = "Measure the search of galleries: Annoy, exact scans and HNSW.",
    footer = {
      "",
      "Example: face-login benchmark index --items 1000,100000 --dimension 512 --plot recall.png",
      "Vectors are made here: five samples of each person, whose cosines are 0.7 on average.",
      "Queries have a fixed cosine to one of them, 0.3 to 0.7; recall is told for each, for near",
      "mates are found easily and those near a threshold are not. Durations on two cores: 10,000",
      "items half a minute, 100,000 x 512 one minute, 1,000,000 x 128 three minutes, without hnswlib.",
      "hnswlib adds two to eight minutes at 100,000. Needs as much disk as the index."
    })
final class BenchmarkIndexCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  @Mixin private JsonOutput json;

  @Option(
      names = "--items",
      split = ",",
      paramLabel = "N",
      defaultValue = "10000",
      description = "sizes of the gallery, multiples of 5 (default: ${DEFAULT-VALUE})")
  private List<Integer> items = List.of();

  @Option(
      names = "--dimension",
      split = ",",
      paramLabel = "N",
      defaultValue = "192",
      description = "lengths of the vectors (default: ${DEFAULT-VALUE})")
  private List<Integer> dimensions = List.of();

  @Option(
      names = "--trees",
      split = ",",
      paramLabel = "N",
      defaultValue = "50",
      description = "trees of the Annoy index (default: ${DEFAULT-VALUE})")
  private List<Integer> trees = List.of();

  @Option(
      names = "--search-k",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,5000,20000,50000",
      description = "candidates of an Annoy search (default: ${DEFAULT-VALUE})")
  private List<Integer> searchK = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that build and that search (default: one per core)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "1000",
      description = "queries, over all kinds of mates (default: ${DEFAULT-VALUE})")
  private int queries;

  @Option(
      names = "--hnsw-up-to",
      paramLabel = "N",
      defaultValue = "20000",
      description = "largest gallery for which hnswlib is built too (default: ${DEFAULT-VALUE})")
  private int hnswUpTo;

  @Option(names = "--plot", paramLabel = "PNG", description = "draw recall against latency")
  private @Nullable Path plot;

  @Override
  public Integer call() throws Exception {
    IndexBenchmarkSettings settings;
    try {
      settings =
          new IndexBenchmarkSettings(items, dimensions, trees, searchK, threads, queries, hnswUpTo);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
    PrintWriter err = spec.commandLine().getErr();
    Path folder = Files.createTempDirectory("face-login-benchmark");
    List<IndexResult> results;
    try {
      results =
          new IndexBenchmark(
                  settings,
                  folder,
                  line -> {
                    err.println(line);
                    err.flush();
                  })
              .run();
    } finally {
      delete(folder);
    }
    report(results);
    if (plot != null) {
      IndexPlot.write(results, plot);
      err.println("The plot is in " + plot);
    }
    return ExitCode.DONE;
  }

  private void report(List<IndexResult> results) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(results, out);
      return;
    }
    out.println(
        "| set | engine | setting | build s | file MiB | p50 ms | p99 ms | queries/s | recall@1"
            + " at cosine 0.3 / 0.4 / 0.5 / 0.6 / 0.7 | recall@5 |");
    out.println("|---|---|---|---:|---:|---:|---:|---:|---|---|");
    for (IndexResult r : results) {
      out.printf(
          Locale.ROOT,
          "| %,d x %d | %s | %s | %.2f | %.0f | %.3f | %.3f | %.0f | %s | %s |%n",
          r.items(),
          r.dimension(),
          r.engine(),
          r.setting(),
          r.buildSeconds(),
          r.fileBytes() / (double) (1 << 20),
          r.p50Ms(),
          r.p99Ms(),
          r.queriesPerSecond(),
          rates(r.recallAt1().values().stream().toList()),
          rates(r.recallAt5().values().stream().toList()));
    }
  }

  private static String rates(List<Double> rates) {
    return String.join(
        " / ", rates.stream().map(rate -> String.format(Locale.ROOT, "%.3f", rate)).toList());
  }

  private static void delete(Path folder) throws IOException {
    try (var content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
