package io.facelogin.detector;

import io.facelogin.contract.kafka.AnswerLoop;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.detector.frame.FrameAnalysis;
import io.facelogin.detector.kafka.FrameAnswers;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.FaceFinder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Frames to faces. Any number of detectors on one broker share the cameras. The networks stay their
 * owner's, who closes them after this stage.
 */
public final class DetectorWorker implements Stage {

  private final DetectorSettings settings;
  private final KafkaConnection kafka;
  private final FaceFinder finder;
  private final Supplier<Optional<AttackDetector>> attacks;
  private final DetectorMetrics metrics;
  private volatile @Nullable AnswerLoop<Frame, Faces> loop;
  private boolean closed;

  /**
   * @param attacks asked for whenever there is a face to judge, since its weights may come later;
   *     without it nothing is said of attacks, and who must be checked is not let in
   */
  public DetectorWorker(
      DetectorSettings settings,
      KafkaConnection kafka,
      FaceFinder finder,
      Supplier<Optional<AttackDetector>> attacks,
      MeterRegistry registry) {
    this.settings = settings;
    this.kafka = kafka;
    this.finder = finder;
    this.attacks = attacks;
    this.metrics = new DetectorMetrics(registry);
  }

  @Override
  public String name() {
    return "detector";
  }

  @Override
  public synchronized void start() {
    if (loop != null || closed) {
      throw new IllegalStateException("The detector was started before");
    }
    Clock clock = Clock.systemUTC();
    FrameAnalysis analysis = new FrameAnalysis(settings, finder, attacks, metrics, clock);
    AnswerLoop<Frame, Faces> started =
        new AnswerLoop<>(new FrameAnswers(settings, analysis, metrics), kafka, clock);
    loop = started;
    started.start();
  }

  @Override
  public Health health() {
    AnswerLoop<Frame, Faces> present = loop;
    return present == null ? Health.starting("The detector is not running.") : present.health();
  }

  @Override
  public synchronized void close() {
    closed = true;
    AnswerLoop<Frame, Faces> present = loop;
    if (present != null) {
      present.close();
    }
  }
}
