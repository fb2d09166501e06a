package io.facelogin.web.cameras;

import java.util.ArrayDeque;
import java.util.Deque;

/** Frames per second over the last five seconds. Not thread-safe. */
final class FrameRate {

  private static final long WINDOW_MS = 5_000;

  private final Deque<Long> timesMs = new ArrayDeque<>();

  void count(long nowMs) {
    forget(nowMs);
    timesMs.add(nowMs);
  }

  float perSecond(long nowMs) {
    forget(nowMs);
    if (timesMs.size() < 2) {
      return timesMs.size() * 1_000f / WINDOW_MS;
    }
    // Over the time since the oldest frame, so that a camera's first second shows its rate.
    return (timesMs.size() - 1) * 1_000f / Math.max(1, nowMs - timesMs.getFirst());
  }

  private void forget(long nowMs) {
    while (!timesMs.isEmpty() && nowMs - timesMs.getFirst() > WINDOW_MS) {
      timesMs.removeFirst();
    }
  }
}
