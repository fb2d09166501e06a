package io.facelogin.jannoy;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds and searches the same vectors by Spotify's Annoy and by ours, in turns on the same
 * machine, and prints times, recall and their ratio. Times are of the CPU, which other work on the
 * machine disturbs least; of a build also on the clock. The vectors are those of {@code face-login
 * benchmark index}: five samples of each person, cosine 0.7 to each other; queries have a cosine of
 * 0.3 to 0.7 to one of them.
 *
 * <pre>mvn -pl jannoy test-compile exec:exec@original -Doriginal="100000 512"</pre>
 *
 * Needs g++ and the original's headers, which this repository does not carry.
 */
public final class OriginalComparison {

  private static final Path PROGRAM = Path.of("src", "test", "cpp", "original.cpp");
  private static final List<Path> HEADERS =
      List.of(
          Path.of("/usr/lib/R/site-library/RcppAnnoy/include"),
          Path.of("/usr/local/include"),
          Path.of("/usr/include"));

  private static final int SAMPLES = 5;
  private static final double[] COSINES = {0.3, 0.4, 0.5, 0.6, 0.7};
  private static final int QUERIES = 500;
  private static final int WANTED = 10;
  private static final int TREES = 50;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final int[] SEARCH_K = {1_000, 5_000, 40_000};
  private static final int BUILDS = 2;
  private static final int PASSES = 6;

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int items;
  private final int dimension;
  private final Path folder;
  private final Path program;
  private final float[][] vectors;
  private final float[][] queries = new float[QUERIES][];
  private final int[] nearest = new int[QUERIES];

  /** The better of several builds or passes, of one side. */
  private static final class Side {
    double buildCpuSeconds = Double.MAX_VALUE;
    double buildSeconds = Double.MAX_VALUE;
    final Map<Integer, long[]> nanos = new TreeMap<>();
    final Map<Integer, Integer> found = new TreeMap<>();

    void built(double cpuSeconds, double seconds) {
      buildCpuSeconds = Math.min(buildCpuSeconds, cpuSeconds);
      buildSeconds = Math.min(buildSeconds, seconds);
    }

    void searched(int searchK, long[] took, int right) {
      found.put(searchK, right);
      nanos.merge(
          searchK,
          took,
          (a, b) -> IntStream.range(0, a.length).mapToLong(i -> Math.min(a[i], b[i])).toArray());
    }

    double p50Ms(int searchK) {
      long[] sorted = nanos.getOrDefault(searchK, new long[1]).clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2] / 1e6;
    }

    double recall(int searchK) {
      return (double) found.getOrDefault(searchK, 0) / QUERIES;
    }
  }

  private OriginalComparison(int items, int dimension, Path folder, Path program) {
    this.items = items;
    this.dimension = dimension;
    this.folder = folder;
    this.program = program;
    vectors = new float[items][];
  }

  /**
   * @param args items and dimension
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int dimension = args.length > 1 ? Integer.parseInt(args[1]) : 512;
    Path folder = Files.createTempDirectory("jannoy-original");
    try {
      Path program = compile(folder);
      if (program != null) {
        new OriginalComparison(items, dimension, folder, program).run();
      }
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Null, after a message, where something is missing. */
  private static @Nullable Path compile(Path folder) throws IOException, InterruptedException {
    Path headers =
        HEADERS.stream()
            .filter(path -> Files.exists(path.resolve("annoylib.h")))
            .findFirst()
            .orElse(null);
    boolean compiler =
        Arrays.stream(String.valueOf(System.getenv("PATH")).split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "g++")));
    if (headers == null || !compiler) {
      System.err.println(
          (compiler ? "" : "There is no g++ on the PATH. ")
              + (headers != null ? "" : "There is no annoylib.h in any of " + HEADERS + ". ")
              + "On Debian: apt-get install --no-install-recommends g++ r-cran-rcppannoy");
      return null;
    }
    Path program = folder.resolve("original");
    // The flags of the original's own setup.py.
    run(
        List.of(
            "g++",
            "-std=c++14",
            "-O3",
            "-march=native",
            "-ffast-math",
            "-fno-associative-math",
            "-pthread",
            "-I" + headers,
            PROGRAM.toString(),
            "-o",
            program.toString()));
    return program;
  }

  private void run() throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT, "%,d x %d, %d trees, %d threads build%n", items, dimension, TREES, THREADS);
    makeVectors();
    Path vectorFile = write("vectors.f32", vectors);
    Path queryFile = write("queries.f32", queries);
    Path theirs = folder.resolve("theirs.ann");
    Path ours = folder.resolve("ours.ann");
    Side original = new Side();
    Side jannoy = new Side();
    for (int i = 0; i < BUILDS; i++) {
      String[] seconds =
          runOriginal("build", vectorFile, dimension, TREES, THREADS, theirs).get(0).split(" ");
      original.built(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
      build(ours, jannoy);
    }
    Search search = AnnoyIndex.open(ours, Metric.ANGULAR, dimension).newSearch();
    for (int pass = 0; pass < PASSES; pass++) {
      for (int searchK : SEARCH_K) {
        List<String> answers = runOriginal("search", theirs, dimension, queryFile, WANTED, searchK);
        readAnswers(answers, searchK, original);
        search(search, searchK, jannoy);
      }
    }
    report(original, jannoy);
  }

  private void makeVectors() {
    int people = items / SAMPLES;
    IntStream.range(0, items)
        .parallel()
        .forEach(
            row -> {
              float[] vector = direction(new Random(1 + 31L * (row % people)));
              float[] noise = direction(new Random(1 ^ (0x9E3779B97F4A7C15L * (row + 1))));
              for (int i = 0; i < dimension; i++) {
                vector[i] += (float) (Math.sqrt(3.0 / 7) * noise[i]);
              }
              vectors[row] = normalised(vector);
            });
    Random random = new Random(7);
    for (int query = 0; query < QUERIES; query++) {
      double cosine = COSINES[query % COSINES.length];
      float[] row = vectors[random.nextInt(items)];
      float[] across = direction(random);
      float along = VectorArithmetic.fastest().dot(across, 0, row, 0, dimension);
      for (int i = 0; i < dimension; i++) {
        across[i] -= along * row[i];
      }
      normalised(across);
      for (int i = 0; i < dimension; i++) {
        across[i] = (float) (cosine * row[i] + Math.sqrt(1 - cosine * cosine) * across[i]);
      }
      queries[query] = across;
    }
    IntStream.range(0, QUERIES).parallel().forEach(query -> nearest[query] = scan(queries[query]));
  }

  private int scan(float[] query) {
    int best = -1;
    float most = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < items; row++) {
      float similarity = VectorArithmetic.fastest().dot(query, 0, vectors[row], 0, dimension);
      if (similarity > most) {
        most = similarity;
        best = row;
      }
    }
    return best;
  }

  private float[] direction(Random random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return normalised(vector);
  }

  private static float[] normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  private Path write(String name, float[][] rows) throws IOException {
    Path file = folder.resolve(name);
    ByteBuffer row = ByteBuffer.allocate(4 * dimension).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (float[] vector : rows) {
        row.clear().asFloatBuffer().put(vector);
        channel.write(row);
      }
    }
    return file;
  }

  /** As the original's time: from the vectors on the heap to the file. */
  private void build(Path file, Side side) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long begunCpu = PROCESS.getProcessCpuTime();
    try (AnnoyBuilder builder = AnnoyBuilder.angular(dimension, file)) {
      for (int row = 0; row < items; row++) {
        builder.add(row, vectors[row]);
      }
      builder.save(BuildSettings.defaults().withTrees(TREES).withThreads(THREADS));
    }
    side.built((PROCESS.getProcessCpuTime() - begunCpu) / 1e9, (System.nanoTime() - begun) / 1e9);
  }

  private void search(Search search, int searchK, Side side) {
    long[] nanos = new long[QUERIES];
    int right = 0;
    for (int query = 0; query < QUERIES; query++) {
      long begun = CPU.getCurrentThreadCpuTime();
      search.run(queries[query], WANTED, searchK);
      nanos[query] = CPU.getCurrentThreadCpuTime() - begun;
      right += search.count() > 0 && search.id(0) == nearest[query] ? 1 : 0;
    }
    side.searched(searchK, nanos, right);
  }

  private void readAnswers(List<String> lines, int searchK, Side side) {
    long[] nanos = new long[QUERIES];
    int right = 0;
    for (int query = 0; query < QUERIES; query++) {
      String[] words = lines.get(query).split(" ");
      nanos[query] = Long.parseLong(words[0]);
      right += words.length > 1 && Integer.parseInt(words[1]) == nearest[query] ? 1 : 0;
    }
    side.searched(searchK, nanos, right);
  }

  private List<String> runOriginal(String act, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), act));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return run(command);
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines;
    try (var output = process.inputReader()) {
      lines = output.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return lines;
  }

  private static void report(Side original, Side jannoy) {
    System.out.println("| | original | jannoy | ratio | recall@1 original / jannoy |");
    System.out.println("|---|---:|---:|---:|---:|");
    System.out.printf(
        Locale.ROOT,
        "| build, CPU | %.2f s | %.2f s | %.2f | |%n",
        original.buildCpuSeconds,
        jannoy.buildCpuSeconds,
        jannoy.buildCpuSeconds / original.buildCpuSeconds);
    System.out.printf(
        Locale.ROOT,
        "| build, clock | %.2f s | %.2f s | %.2f | |%n",
        original.buildSeconds,
        jannoy.buildSeconds,
        jannoy.buildSeconds / original.buildSeconds);
    for (int searchK : SEARCH_K) {
      System.out.printf(
          Locale.ROOT,
          "| searchK %,d, p50 | %.3f ms | %.3f ms | %.2f | %.3f / %.3f |%n",
          searchK,
          original.p50Ms(searchK),
          jannoy.p50Ms(searchK),
          jannoy.p50Ms(searchK) / original.p50Ms(searchK),
          original.recall(searchK),
          jannoy.recall(searchK));
    }
  }
}
