package io.facelogin.detector;

import io.facelogin.contract.v1.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * What the detector counts: received - dropped = processed. Names are constants so that dashboards
 * and alerts can rely on them.
 */
public final class DetectorMetrics {

  public static final String RECEIVED = "detector.frames.received";

  /** Tag {@code reason}: STALE (too old), BAD_FRAME (no picture), UNREADABLE (to dead letters). */
  public static final String DROPPED = "detector.frames.dropped";

  public static final String PROCESSED = "detector.frames.processed";

  /** Tag {@code reason}: a quality reason, or GOOD. */
  public static final String FACES = "detector.faces";

  /** Time to decode and detect the frames of one poll. */
  public static final String PROCESSING = "detector.processing";

  private final MeterRegistry registry;
  private final Counter received;
  private final Counter processed;
  private final Timer processing;

  public DetectorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.received = registry.counter(RECEIVED);
    this.processed = registry.counter(PROCESSED);
    this.processing = registry.timer(PROCESSING);
  }

  public void received() {
    received.increment();
  }

  public void processed() {
    processed.increment();
  }

  public void dropped(Reason reason) {
    registry.counter(DROPPED, "reason", reason.name()).increment();
  }

  public void unreadable() {
    registry.counter(DROPPED, "reason", "UNREADABLE").increment();
  }

  public void face(String reason) {
    registry.counter(FACES, "reason", reason).increment();
  }

  public void processing(Duration duration) {
    processing.record(duration);
  }
}
