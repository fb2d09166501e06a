package io.facelogin.matcher.index;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a share of the live searches by plain comparison of all floats, on a thread of its own,
 * and counts how often the best person was the same. Never slows a search: what does not fit into
 * the queue is dropped.
 */
final class RecallWatch implements AutoCloseable {

  private static final int WAITING_AT_MOST = 16;

  /** Two ways of adding floats differ by less. */
  private static final float SAME_SIMILARITY = 1e-4f;

  private record Watched(float[] probe, @Nullable Candidate best, long changes) {}

  /** Compares a probe with everything; null if the gallery has changed since that count. */
  interface Exact {
    @Nullable BestPeople search(float[] probe, long changes) throws InterruptedException;
  }

  private final double share;
  private final Exact exact;
  private final BlockingQueue<Watched> waiting = new ArrayBlockingQueue<>(WAITING_AT_MOST);
  private final LongAdder mates = new LongAdder();
  private final LongAdder matesFound = new LongAdder();
  private final LongAdder strangers = new LongAdder();
  private final LongAdder strangersFound = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread = new Thread(this::work, "recall-watch");
  private final DoubleSupplier threshold;

  RecallWatch(double share, DoubleSupplier threshold, Exact exact) {
    this.share = share;
    this.threshold = threshold;
    this.exact = exact;
    thread.setDaemon(true);
    if (share > 0) {
      thread.start();
    }
  }

  void saw(float[] probe, List<Candidate> found, long changes) {
    if (share <= 0) {
      return;
    }
    Random random = ThreadLocalRandom.current();
    if (random.nextDouble() < share
        && !waiting.offer(
            new Watched(probe.clone(), found.isEmpty() ? null : found.get(0), changes))) {
      dropped.increment();
    }
  }

  private void work() {
    try {
      while (true) {
        Watched watched = waiting.take();
        BestPeople best = exact.search(watched.probe, watched.changes);
        List<Candidate> ranked = best == null ? List.of() : best.ranked();
        if (ranked.isEmpty()) {
          dropped.increment();
          continue;
        }
        Candidate truth = ranked.get(0);
        boolean same =
            watched.best != null
                && (watched.best.person().equals(truth.person())
                    || watched.best.similarity() >= truth.similarity() - SAME_SIMILARITY);
        boolean mate = truth.similarity() >= threshold.getAsDouble();
        (mate ? mates : strangers).increment();
        if (same) {
          (mate ? matesFound : strangersFound).increment();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  WatchedRecall counts() {
    return new WatchedRecall(
        mates.sum(), matesFound.sum(), strangers.sum(), strangersFound.sum(), dropped.sum());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
