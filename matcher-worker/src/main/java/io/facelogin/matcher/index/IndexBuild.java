package io.facelogin.matcher.index;

import io.facelogin.jannoy.AnnoyBuilder;
import io.facelogin.jannoy.AnnoyIndex;
import io.facelogin.jannoy.BuildSettings;
import io.facelogin.jannoy.Metric;
import io.facelogin.jannoy.VectorArithmetic;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private @Nullable Path newest;

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
    Files.createDirectories(folder);
    dropOlderFiles();
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
    }
    newest = file;
    LOG.info(
        "Built the index over {} templates in {} ms",
        entries.size(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
    return new AnnoyBase(
        AnnoyIndex.open(file, Metric.ANGULAR, dimension),
        List.copyOf(entries),
        settings.searchK(),
        VectorArithmetic.fastest());
  }

  /** Whoever still searches an older file keeps its pages until done. */
  void dropOlderFiles() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{.ann,.partial}")) {
      for (Path file : files) {
        if (!file.equals(newest)) {
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
