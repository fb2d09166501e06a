package io.facelogin.capture.camera;

/**
 * Thins a camera's frames to a rate, evenly. A frame that comes a little early is taken, because a
 * camera that runs at just the limit never keeps time exactly; the average stays below the limit.
 */
public final class FrameRate {

  private final long intervalNanos;
  private final long toleranceNanos;
  private long dueNanos;
  private boolean started;

  public FrameRate(double maxPerSecond) {
    intervalNanos = (long) (1e9 / maxPerSecond);
    toleranceNanos = intervalNanos / 4;
  }

  /** Whether the frame that came now is wanted. */
  public boolean takes(long nowNanos) {
    if (!started) {
      started = true;
      dueNanos = nowNanos;
    }
    if (nowNanos - dueNanos < -toleranceNanos) {
      return false;
    }
    if (nowNanos - dueNanos > intervalNanos) { // a pause is not made up for
      dueNanos = nowNanos;
    }
    dueNanos += intervalNanos;
    return true;
  }
}
