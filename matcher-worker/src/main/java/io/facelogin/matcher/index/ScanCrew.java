package io.facelogin.matcher.index;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares the blocks of a scan among all cores: whoever searches works itself, and threads that live
 * as long as the index help. A helper that is busy with another search is not waited for. Any
 * number of threads.
 */
final class ScanCrew implements AutoCloseable {

  private final int helpers = Math.max(0, Runtime.getRuntime().availableProcessors() - 1);
  private final AtomicInteger threadNumber = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Math.max(1, helpers),
          task -> {
            Thread created = new Thread(task, "gallery-scan-" + threadNumber.incrementAndGet());
            created.setDaemon(true);
            return created;
          });

  /** Compares one block and keeps the best. */
  interface Work {
    void scan(int block, BestPeople best);
  }

  void scan(int blocks, boolean alone, BestPeople best, Work work) {
    if (alone || helpers == 0 || blocks < 2) {
      for (int block = 0; block < blocks; block++) {
        work.scan(block, best);
      }
      return;
    }
    Scan scan = new Scan(blocks, best, work);
    for (int i = 0; i < Math.min(helpers, blocks - 1); i++) {
      try {
        threads.execute(scan);
      } catch (RejectedExecutionException e) {
        break; // The index closes; the caller finishes alone.
      }
    }
    scan.run();
    scan.close();
  }

  private static final class Scan implements Runnable {
    private final AtomicInteger next = new AtomicInteger();
    private final int blocks;
    private final BestPeople all;
    private final Work work;
    private int active;
    private boolean closed;
    private volatile float bar;
    private volatile boolean failed;

    Scan(int blocks, BestPeople all, Work work) {
      this.blocks = blocks;
      this.all = all;
      this.work = work;
      bar = all.bar();
    }

    @Override
    public void run() {
      if (!enter()) {
        return;
      }
      BestPeople mine = all.another();
      boolean done = false;
      try {
        for (int block; (block = next.getAndIncrement()) < blocks; ) {
          mine.raiseBar(bar);
          work.scan(block, mine);
          if (mine.bar() > bar) {
            bar = mine.bar(); // A lost race leaves a lower bar: more work, the same result.
          }
        }
        done = true;
      } finally {
        leave(mine, done);
      }
    }

    private synchronized boolean enter() {
      if (closed) {
        return false;
      }
      active++;
      return true;
    }

    private synchronized void leave(BestPeople mine, boolean done) {
      failed |= !done;
      all.offerAll(mine);
      active--;
      notifyAll();
    }

    /** Waits for whoever is still at its last block. */
    synchronized void close() {
      closed = true;
      boolean interrupted = false;
      while (active > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failed) {
        throw new IllegalStateException("A scan of the gallery failed on another thread");
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
