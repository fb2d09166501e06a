package io.facelogin.web.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests that wait for a record with their key. Who waits must {@link #expect} before publishing
 * the question, or the answer may be faster. Thread-safe.
 */
public final class Answers<T> {

  private final Map<String, CompletableFuture<T>> waiting = new ConcurrentHashMap<>();

  /** Closing stops the waiting; forgetting to would keep the entry for good. */
  public final class Expected implements AutoCloseable {

    private final String key;
    private final CompletableFuture<T> future;

    private Expected(String key, CompletableFuture<T> future) {
      this.key = key;
      this.future = future;
    }

    /**
     * @throws PipelineAwayException if there is no answer in time
     */
    public T await(Duration timeout) {
      try {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        throw PipelineAwayException.matcher(timeout);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw PipelineAwayException.matcher(timeout);
      }
    }

    @Override
    public void close() {
      waiting.remove(key);
    }
  }

  public Expected expect(String key) {
    CompletableFuture<T> future = new CompletableFuture<>();
    waiting.put(key, future);
    return new Expected(key, future);
  }

  /** Does nothing if nobody waits for it. */
  public void arrived(String key, T answer) {
    CompletableFuture<T> future = waiting.get(key);
    if (future != null) {
      future.complete(answer);
    }
  }
}
