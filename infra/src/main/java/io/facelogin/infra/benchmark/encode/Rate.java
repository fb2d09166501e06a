package io.facelogin.infra.benchmark.encode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How often something can be done in a second by some threads, one call after the other. */
final class Rate {

  private Rate() {}

  static double of(Runnable work, int threads, Duration time) {
    if (threads == 1) {
      return calls(work, time);
    }
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        rates.add(callers.submit(() -> calls(work, time)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A caller failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while measuring", e);
    } finally {
      callers.shutdown();
    }
  }

  private static double calls(Runnable work, Duration time) {
    long began = System.nanoTime();
    long calls = 0;
    do {
      work.run();
      calls++;
    } while (System.nanoTime() - began < time.toNanos());
    return calls * 1e9 / (System.nanoTime() - began);
  }
}
