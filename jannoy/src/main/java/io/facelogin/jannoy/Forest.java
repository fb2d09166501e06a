package io.facelogin.jannoy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Grows all trees on several threads and writes them behind the items. Thread t has a generator of
 * its own, seeded with seed + t; finished trees are written in turns, so the file does not depend
 * on who was faster.
 */
final class Forest {

  private final NodeLayout layout;
  private final ItemVectors items;
  private final int[] ids;
  private final PartialFile file;
  private final BuildSettings settings;
  private final int[] rootNodes;
  private final int threads;

  private int turn;
  private boolean stopped;
  private int nextNode;

  Forest(
      NodeLayout layout, ItemVectors items, int[] ids, PartialFile file, BuildSettings settings) {
    this.layout = layout;
    this.items = items;
    this.ids = ids;
    this.file = file;
    this.settings = settings;
    rootNodes = new int[settings.trees() * layout.words()];
    threads = Math.min(settings.threads(), settings.trees());
    nextNode = items.count();
  }

  void grow() throws IOException, InterruptedException {
    ExecutorService pool =
        Executors.newFixedThreadPool(threads, task -> new Thread(task, "jannoy-build"));
    try {
      List<Future<?>> growing = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        growing.add(pool.submit(() -> growTreesOf(number)));
      }
      for (Future<?> future : growing) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw new IOException(failed.getMessage(), failed.getCause());
      }
      throw new IllegalStateException("Building the index failed", e.getCause());
    } finally {
      stop();
      pool.shutdownNow();
      // The file is about to be moved or closed: nobody may be writing any more.
      boolean ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      assert ended;
    }
    file.write((long) nextNode * layout.bytes(), rootNodes, 0, rootNodes.length);
  }

  private int treesOf(int thread) {
    return (settings.trees() + thread) / threads;
  }

  private void growTreesOf(int thread) {
    try {
      var tree =
          new TreeBuilder(
              layout,
              items,
              ids,
              new RandomSource(settings.seed() + thread),
              settings.arithmetic());
      for (int round = 0; round < treesOf(thread); round++) {
        tree.grow();
        if (!append(tree, turnOf(thread, round))) {
          return;
        }
      }
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    }
  }

  /** How many trees come before this one when threads take turns. */
  private int turnOf(int thread, int round) {
    int before = 0;
    for (int other = 0; other < threads; other++) {
      before += Math.min(treesOf(other), other < thread ? round + 1 : round);
    }
    return before;
  }

  private synchronized boolean append(TreeBuilder tree, int myTurn) throws InterruptedException {
    while (turn != myTurn && !stopped) {
      wait();
    }
    if (stopped) {
      return false;
    }
    long end = (long) nextNode + tree.nodeCount() + settings.trees();
    if (end > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "An index ends at 2^31 nodes; "
              + settings.trees()
              + " trees of "
              + items.count()
              + " items are too many");
    }
    tree.shiftNodes(nextNode - items.count());
    file.write(
        (long) nextNode * layout.bytes(), tree.words(), 0, tree.nodeCount() * layout.words());
    System.arraycopy(
        tree.words(),
        (tree.nodeCount() - 1) * layout.words(),
        rootNodes,
        turn * layout.words(),
        layout.words());
    nextNode += tree.nodeCount();
    turn++;
    notifyAll();
    return true;
  }

  private synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
