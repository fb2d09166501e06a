package io.facelogin.matcher.index;

import io.facelogin.contract.TemplateId;
import io.facelogin.jannoy.AnnoyBuilder;
import io.facelogin.jannoy.AnnoyIndex;
import io.facelogin.jannoy.BuildSettings;
import io.facelogin.jannoy.Metric;
import io.facelogin.jannoy.VectorArithmetic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds index files on a thread of its own, one at a time. A build that fails leaves the old file
 * in use, and everything since is still scanned: slower, never wrong.
 */
final class IndexBuild implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexBuild.class);
  private static final String SUFFIX = ".ann";

  /** Fewer changes than this are not worth a build: scanning them takes microseconds. */
  private static final int FEW_CHANGES = 1_000;

  /** Lets the first templates of a gallery that is being read gather. */
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final int dimension;
  private final IndexSettings settings;
  private final Path folder;
  private final int fewChanges;
  private final Duration delay;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "index-build");
            created.setDaemon(true);
            return created;
          });

  private volatile boolean running;
  private volatile @Nullable Future<?> latest;
  private volatile int failedAtDelta;
  private long fileNumber;
  private volatile @Nullable Path newest;
  private @Nullable Path built;
  private final String madeBy;

  private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** What a build does on its thread. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  IndexBuild(int dimension, IndexSettings settings, Path folder) throws IOException {
    this(dimension, settings, folder, FEW_CHANGES, DELAY);
  }

  IndexBuild(int dimension, IndexSettings settings, Path folder, int fewChanges, Duration delay)
      throws IOException {
    this.dimension = dimension;
    this.settings = settings;
    this.folder = folder;
    this.fewChanges = fewChanges;
    this.delay = delay;
    madeBy = "face-login 1, Annoy, angular, dimension " + dimension + ", trees " + settings.trees();
    Files.createDirectories(folder);
  }

  boolean isRunning() {
    return running;
  }

  boolean isDue(int indexed, int changed, int erased) {
    if (failedAtDelta > 0 && changed < failedAtDelta + fewChanges) {
      return false;
    }
    return indexed == 0 ? changed > 0 : isMany(changed, indexed) || isMany(erased, indexed);
  }

  boolean isMany(int changes, int of) {
    return changes > Math.max(fewChanges, settings.rebuildAtShare() * of);
  }

  void start(Work work) {
    running = true;
    latest = thread.schedule(() -> run(work), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Work work) {
    try {
      work.run();
      failedAtDelta = 0;
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt(); // The matcher stops.
    } catch (IOException e) {
      failedAtDelta = Math.max(1, failedAtDelta + fewChanges);
      LOG.warn(
          "Building the index failed; the gallery is scanned meanwhile. Is {} full?", folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running = false;
    }
  }

  AnnoyBase build(List<Entry> entries, Function<Entry, float[]> vectors)
      throws IOException, InterruptedException {
    long startedAt = System.nanoTime();
    Path file = folder.resolve("index-" + ++fileNumber + SUFFIX);
    try (AnnoyBuilder builder = AnnoyBuilder.angular(dimension, file)) {
      for (int id = 0; id < entries.size(); id++) {
        builder.add(id, vectors.apply(entries.get(id)));
      }
      builder.save(BuildSettings.defaults().withTrees(settings.trees()).withThreads(threads));
    } catch (UncheckedIOException e) {
      throw e.getCause(); // of add: a full disk, or the matcher stops
    }
    built = file;
    LOG.info(
        "Built the index over {} templates in {} ms",
        entries.size(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
    return new AnnoyBase(
        AnnoyIndex.open(file, Metric.ANGULAR, dimension),
        List.copyOf(entries),
        VectorArithmetic.fastest());
  }

  /** The index built last is the one in use from now on, and after a restart. */
  void keep(AnnoyBase base, SearchDepth.Found depth) throws IOException {
    List<TemplateId> templates = new ArrayList<>(base.size());
    for (int id = 0; id < base.size(); id++) {
      templates.add(base.entry(id).template);
    }
    new SavedIndex(madeBy, depth.searchK(), depth.recall(), templates)
        .write(java.util.Objects.requireNonNull(built, "built before it is kept"));
    newest = built;
    dropOlderFiles();
  }

  /** What an earlier run left, if it is whole and made as this one would make it. */
  record Found(AnnoyIndex index, SavedIndex saved) {}

  Optional<Found> reopen() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      all.forEach(files::add);
    }
    Found found = null;
    for (Path file : files) {
      fileNumber = Math.max(fileNumber, number(file));
      try {
        SavedIndex saved = SavedIndex.read(file, madeBy);
        AnnoyIndex index = AnnoyIndex.open(file, Metric.ANGULAR, dimension);
        if (index.items() != saved.templates().size()) {
          throw new IOException("it has another number of vectors than templates");
        }
        found = new Found(index, saved);
        newest = file;
      } catch (IOException e) {
        LOG.warn("The index file {} is not used again: {}", file.getFileName(), e.toString());
      }
    }
    dropOlderFiles();
    return Optional.ofNullable(found);
  }

  private static long number(Path file) {
    String digits = file.getFileName().toString().replaceAll("\\D", "");
    return digits.isEmpty() || digits.length() > 15 ? 0 : Long.parseLong(digits);
  }

  /**
   * Somebody in the index was erased: its file goes, once a build that is running is done. The
   * searches keep its pages in memory until the next build, and a restart has none of them.
   */
  void forget() {
    if (newest != null && !thread.isShutdown()) {
      thread.execute(
          () -> {
            try {
              discard();
            } catch (IOException e) {
              LOG.warn("An index file of somebody erased cannot be deleted", e);
            }
          });
    }
  }

  /** The scan won: no index is kept. */
  void discard() throws IOException {
    newest = null;
    dropOlderFiles();
  }

  /** Whoever still searches an older file keeps its pages until done. */
  void dropOlderFiles() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{.ann,.ids,.partial}")) {
      for (Path file : files) {
        Path kept = newest;
        if (kept == null || !(file.equals(kept) || file.equals(SavedIndex.beside(kept)))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  void await() throws InterruptedException {
    Future<?> waited = latest;
    if (waited != null) {
      try {
        waited.get();
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException("The build failed", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The index build did not stop within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
