package io.facelogin.matcher.kafka;

import io.facelogin.matcher.MatcherMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/** Counts what the topology does. Any number of threads. */
final class TopologyMetrics {

  private final MeterRegistry registry;
  private final Counter received;
  private final Counter ignored;
  private final Timer deciding;
  private final Timer visible;

  TopologyMetrics(MeterRegistry registry) {
    this.registry = registry;
    received = registry.counter(MatcherMetrics.EMBEDDINGS_RECEIVED);
    ignored = registry.counter(MatcherMetrics.EMBEDDINGS_IGNORED);
    deciding = registry.timer(MatcherMetrics.DECIDING);
    visible =
        Timer.builder(MatcherMetrics.GALLERY_VISIBLE)
            .publishPercentiles(0.5, 0.99)
            .register(registry);
  }

  /** A change of the gallery is seen by searches this long after it was ordered. */
  void galleryChangeVisible(Duration since) {
    visible.record(since);
  }

  void embeddingsReceived() {
    received.increment();
  }

  void embeddingsIgnored() {
    ignored.increment();
  }

  <T> T timed(Supplier<T> deciding) {
    return Objects.requireNonNull(this.deciding.record(deciding));
  }

  void decision(String outcome) {
    registry.counter(MatcherMetrics.DECISIONS, "outcome", outcome).increment();
  }

  /**
   * @param result ACCEPTED, or the first reason against it
   */
  void enrolment(String result) {
    registry.counter(MatcherMetrics.ENROLMENTS, "result", result).increment();
  }

  void deadLetter(String topic) {
    registry.counter(MatcherMetrics.DEAD_LETTERS, "topic", topic).increment();
  }
}
