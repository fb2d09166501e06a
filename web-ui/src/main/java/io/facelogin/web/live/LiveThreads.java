package io.facelogin.web.live;

import io.facelogin.web.WebSettings;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The threads that write to browsers and wait for the matcher. As many as there may be sessions,
 * twice, since each has at most one sender and one enrolment under way; idle ones end.
 */
@Component
class LiveThreads implements DisposableBean {

  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor pool;

  LiveThreads(WebSettings settings) {
    this.pool =
        new ThreadPoolExecutor(
            0,
            2 * settings.liveSessions() + 2,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "web-live-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            // Only while stopping, or in the blink between a session's end and its sender's.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  Executor pool() {
    return pool;
  }

  @Override
  public void destroy() {
    pool.shutdownNow();
  }
}
