package io.facelogin.detector;

import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Reason;
import io.facelogin.detector.follow.Look;
import io.facelogin.models.Detector;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
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

  /** Faces whose picture went on to the encoder; {@link #FACES} less these are merely reported. */
  public static final String SELECTED = "detector.faces.selected";

  /** Tag {@code kind}: FULL (the whole picture), FOLLOWED (parts of it), SKIPPED (nothing new). */
  public static final String SEARCHES = "detector.searches";

  /** Faces that the attack detector's networks judged. */
  public static final String CHECKED = "detector.attacks.checked";

  /** Places that looked like a face and were not looked at closer, see {@link Detector}. */
  public static final String LEFT_OUT = "detector.candidates.leftout";

  /**
   * Faces that they should have judged and did not. Tag {@code reason}: NO_NETWORK (its weights are
   * not here), FAILED.
   */
  public static final String UNCHECKED = "detector.attacks.unchecked";

  /** Time to decode and detect the frames of one poll. */
  public static final String PROCESSING = "detector.processing";

  private final MeterRegistry registry;
  private final Counter received;
  private final Counter processed;
  private final Counter selected;
  private final Timer processing;

  public DetectorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.received = registry.counter(RECEIVED);
    this.processed = registry.counter(PROCESSED);
    this.selected = registry.counter(SELECTED);
    this.processing = registry.timer(PROCESSING);
  }

  /** Counts what a detector leaves out for as long as the detector lives. */
  public void watch(Detector detector) {
    FunctionCounter.builder(LEFT_OUT, detector, Detector::candidatesLeftOut).register(registry);
  }

  public void received(int frames, int unreadable) {
    received.increment(frames);
    registry.counter(DROPPED, "reason", "UNREADABLE").increment(unreadable);
  }

  public void processed() {
    processed.increment();
  }

  public void dropped(Reason reason) {
    registry.counter(DROPPED, "reason", reason.name()).increment();
  }

  public void searched(Look.Kind kind) {
    registry.counter(SEARCHES, "kind", kind.name()).increment();
  }

  public void face(FaceCrop face) {
    var reasons = face.getQuality().getReasonsList();
    String reason = reasons.isEmpty() ? "GOOD" : reasons.get(0).name();
    registry.counter(FACES, "reason", reason).increment();
    if (!face.getCropRgb().isEmpty()) {
      selected.increment();
    }
  }

  public void checked(int faces) {
    registry.counter(CHECKED).increment(faces);
  }

  public void unchecked(String reason, int faces) {
    registry.counter(UNCHECKED, "reason", reason).increment(faces);
  }

  public void processing(Duration duration) {
    processing.record(duration);
  }
}
