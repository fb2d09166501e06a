package io.facelogin.matcher;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.matcher.kafka.MatcherRun;
import io.facelogin.models.manifest.Manifest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage that says who it is, and who may be enrolled. Any number of them share the cameras of a
 * broker; each holds the whole gallery.
 */
public final class MatcherWorker implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(MatcherWorker.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final MatcherSettings settings;
  private final Manifest encoder;
  private final MatcherRun run;
  private @Nullable Thread thread;

  /**
   * @param encoderManifest of the encoder whose embeddings are compared, with its measured impostor
   *     table
   * @throws IllegalArgumentException if the manifest has no such table
   */
  public MatcherWorker(
      MatcherSettings settings,
      KafkaConnection kafka,
      Manifest encoderManifest,
      MeterRegistry registry) {
    this.settings = settings;
    encoder = encoderManifest;
    run = new MatcherRun(settings, kafka, encoderManifest, registry);
  }

  @Override
  public String name() {
    return "matcher";
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("This matcher was started before");
    }
    LOG.info("Matcher {} for embeddings of {}: {}", settings.workerId(), encoder.id(), settings);
    thread = new Thread(run, "matcher-gallery");
    thread.start();
  }

  @Override
  public Health health() {
    return run.health();
  }

  @Override
  public synchronized void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(STOP_WITHIN.toMillis());
      if (running.isAlive()) {
        LOG.warn(
            "Matcher {} did not stop within {} s", settings.workerId(), STOP_WITHIN.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
