package io.facelogin.encoder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * What the encoder counts: received - dropped = processed. Names are constants so that dashboards
 * and alerts can rely on them.
 */
public final class EncoderMetrics {

  /** Records, one per frame. */
  public static final String RECEIVED = "encoder.frames.received";

  /** Tag {@code reason}: UNREADABLE (to dead letters). */
  public static final String DROPPED = "encoder.frames.dropped";

  public static final String PROCESSED = "encoder.frames.processed";

  /** Faces that got a vector. */
  public static final String ENCODED = "encoder.faces.encoded";

  /** Faces that got none: poor, passed over by the detector, or aligned for another encoder. */
  public static final String LEFT_OUT = "encoder.faces.left.out";

  /** Time to encode the faces of one poll. */
  public static final String PROCESSING = "encoder.processing";

  private final Counter received;
  private final Counter unreadable;
  private final Counter processed;
  private final Counter encoded;
  private final Counter leftOut;
  private final Timer processing;

  public EncoderMetrics(MeterRegistry registry) {
    this.received = registry.counter(RECEIVED);
    this.unreadable = registry.counter(DROPPED, "reason", "UNREADABLE");
    this.processed = registry.counter(PROCESSED);
    this.encoded = registry.counter(ENCODED);
    this.leftOut = registry.counter(LEFT_OUT);
    this.processing = registry.timer(PROCESSING);
  }

  public void received(int records, int unreadableRecords) {
    received.increment(records);
    unreadable.increment(unreadableRecords);
  }

  public void processed(int records) {
    processed.increment(records);
  }

  public void faces(int withVector, int without) {
    encoded.increment(withVector);
    leftOut.increment(without);
  }

  public void processing(Duration duration) {
    processing.record(duration);
  }
}
