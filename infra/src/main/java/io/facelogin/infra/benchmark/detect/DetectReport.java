package io.facelogin.infra.benchmark.detect;

import java.util.Map;

/**
 * What one detector did.
 *
 * @param latencyMs of a call, JPEG to faces; from the time when its first frame was to arrive where
 *     frames arrive at a rate
 * @param shareOfTime of decode, resize (pyramid and crops), networks and glue (all else), 0 to 1
 */
public record DetectReport(
    String detector,
    long frames,
    double framesPerSecond,
    double facesPerFrame,
    Latency latencyMs,
    Map<String, Double> shareOfTime) {

  /** Quantiles over all calls. */
  public record Latency(double p50, double p95, double p99) {}
}
