package io.facelogin.capture;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Names and counters of what capture does: captured - dropped = published, after a moment. */
public final class CaptureMetrics {

  public static final String CAPTURED = "capture.frames.captured";
  public static final String PUBLISHED = "capture.frames.published";

  /** Tag {@code reason}: {@code replaced} by a newer one, {@code broker} did not take it. */
  public static final String DROPPED = "capture.frames.dropped";

  /** Pictures that the camera sent damaged. */
  public static final String UNUSABLE = "capture.frames.unusable";

  /** Times that a camera went away. */
  public static final String AWAY = "capture.cameras.away";

  /** Cameras that this agent serves. */
  public static final String CAMERAS = "capture.cameras";

  public final Counter captured;
  public final Counter published;
  public final Counter replaced;
  public final Counter refusedByBroker;
  public final Counter unusable;
  public final Counter away;

  public CaptureMetrics(MeterRegistry registry) {
    captured = registry.counter(CAPTURED);
    published = registry.counter(PUBLISHED);
    replaced = registry.counter(DROPPED, "reason", "replaced");
    refusedByBroker = registry.counter(DROPPED, "reason", "broker");
    unusable = registry.counter(UNUSABLE);
    away = registry.counter(AWAY);
  }
}
