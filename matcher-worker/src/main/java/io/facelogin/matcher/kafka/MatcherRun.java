package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.stage.Health;
import io.facelogin.matcher.MatcherMetrics;
import io.facelogin.matcher.MatcherSettings;
import io.facelogin.matcher.decision.ThresholdPolicy;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.index.ScanWarmUp;
import io.facelogin.models.manifest.Manifest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a matcher on its main thread: waits for the broker, opens the gallery, reads the
 * topic to its end, only then lets the topology decide, and follows the topic from then on.
 */
public final class MatcherRun implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(MatcherRun.class);
  private static final Duration BROKER_RETRY = Duration.ofSeconds(1);

  private final MatcherSettings settings;
  private final KafkaConnection kafka;
  private final Manifest encoder;
  private final MeterRegistry registry;
  private final ThresholdPolicy policy;

  private final GalleryMetrics galleryMetrics;
  private final Gauge lagGauge;

  private volatile Health phase = Health.starting("connecting to the broker");
  private volatile @Nullable PersonKeyReader keys;
  private volatile @Nullable Gallery gallery;
  private volatile @Nullable GalleryTailer tailer;
  private volatile @Nullable StreamsRunner streams;

  /**
   * @throws IllegalArgumentException if the encoder's manifest has no measured impostor rates
   */
  public MatcherRun(
      MatcherSettings settings, KafkaConnection kafka, Manifest encoder, MeterRegistry registry) {
    this.settings = settings;
    this.kafka = kafka;
    this.encoder = encoder;
    this.registry = registry;
    policy = MatcherCore.policy(settings, encoder);
    galleryMetrics = new GalleryMetrics(registry, () -> Optional.ofNullable(gallery));
    galleryMetrics.gauge(MatcherMetrics.THRESHOLD, g -> threshold(g).cosineSimilarity());
    galleryMetrics.gauge(MatcherMetrics.FPIR, g -> threshold(g).fpirAtGallerySize());
    galleryMetrics.gauge(
        MatcherMetrics.THRESHOLD_EXTRAPOLATED, g -> threshold(g).extrapolated() ? 1 : 0);
    galleryMetrics.gauge(MatcherMetrics.FPIR_OUT_OF_REACH, g -> threshold(g).reachable() ? 0 : 1);
    lagGauge = Gauge.builder(MatcherMetrics.GALLERY_LAG, this, MatcherRun::lag).register(registry);
  }

  private Threshold threshold(Gallery open) {
    return policy.at(open.index().people(), open.index().templates());
  }

  private double lag() {
    GalleryTailer following = tailer;
    return following == null ? Double.NaN : following.lag();
  }

  @Override
  public void run() {
    try {
      live();
    } catch (InterruptedException | InterruptException e) {
      LOG.info("The matcher stops");
    } catch (RuntimeException | IOException e) {
      LOG.error("The matcher cannot go on", e);
      phase = Health.failed("the gallery cannot be kept: " + e.getMessage());
    } finally {
      release();
    }
  }

  private void live() throws IOException, InterruptedException {
    TopologyMetrics metrics = new TopologyMetrics(registry);
    PersonKeyReader reading = untilTheBrokerAnswers(this::readKeys);
    Gallery open =
        untilTheBrokerAnswers(new GalleryOpening(settings, kafka, encoder, reading)::open);
    gallery = open;
    MatcherCore core = MatcherCore.of(settings, kafka, encoder, open, reading, metrics);
    GalleryTailer following = new GalleryTailer(kafka, open, core.records(), metrics);
    tailer = following;
    phase = Health.starting("reading the gallery");
    untilTheBrokerAnswers(
        () -> {
          following.catchUp();
          return following;
        });
    phase = Health.starting("warming up");
    ScanWarmUp.run(encoder.dimensionOrThrow());
    open.setComplete(true);
    StreamsRunner running = new StreamsRunner(settings, kafka, core);
    streams = running;
    running.start();
    phase = Health.ready();
    var watch = new ThresholdWatch(policy);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        following.step();
        watch.look(open.index().people(), open.index().templates());
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.warn("Following the gallery: {}", e.toString());
        Thread.sleep(BROKER_RETRY.toMillis());
      }
    }
  }

  private PersonKeyReader readKeys() throws ExecutionException, InterruptedException {
    PersonKeyReader reading = keys;
    if (reading == null) {
      TopicSetup.createMissing(kafka, settings.replicationFactor());
      reading = new PersonKeyReader(kafka);
      keys = reading;
    }
    reading.requireOpenable();
    return reading;
  }

  /** A step that needs the broker. */
  private interface BrokerStep<T> {
    T run() throws IOException, ExecutionException, InterruptedException;
  }

  private <T> T untilTheBrokerAnswers(BrokerStep<T> step) throws IOException, InterruptedException {
    while (true) {
      try {
        return step.run();
      } catch (InterruptException e) {
        throw e;
      } catch (ExecutionException | KafkaException e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        if (cause instanceof AuthorizationException refused) {
          throw refused;
        }
        LOG.warn("Waiting for the broker at {}: {}", kafka.bootstrapServers(), e.toString());
        phase = Health.troubled("waiting for the broker at " + kafka.bootstrapServers());
        Thread.sleep(BROKER_RETRY.toMillis());
      }
    }
  }

  /** May be asked by any thread. */
  public Health health() {
    GalleryTailer following = tailer;
    StreamsRunner running = streams;
    if (!phase.isReady() || running == null || following == null) {
      return phase.state() == Health.State.STARTING && following != null
          ? Health.starting("reading the gallery: " + progress(following.lag()))
          : phase;
    }
    Health inner = running.health();
    if (inner.isAlive() && !following.isConnected()) {
      return Health.troubled("the broker at " + kafka.bootstrapServers() + " does not answer");
    }
    return inner;
  }

  private static String progress(long lag) {
    return lag == Long.MAX_VALUE ? "asking for its end" : lag + " records to go";
  }

  /** Decides nothing from here on; frees native memory last, when nobody searches any more. */
  private void release() {
    if (phase.isAlive()) {
      phase = Health.troubled("stopping");
    }
    Gallery open = gallery;
    if (open != null) {
      open.setComplete(false);
    }
    galleryMetrics.close();
    registry.remove(lagGauge);
    // Closing needs calls that an interrupted thread cannot make.
    Thread.interrupted();
    StreamsRunner running = streams;
    if (running != null) {
      running.close();
    }
    GalleryTailer following = tailer;
    if (following != null) {
      following.close();
    }
    if (open != null) {
      open.close();
    }
    PersonKeyReader reading = keys;
    if (reading != null) {
      reading.close();
    }
  }
}
