package io.facelogin.encoder;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.encoder.face.FaceEncoding;
import io.facelogin.encoder.kafka.FaceLoop;
import io.facelogin.models.Encoder;
import io.facelogin.models.MirroredEncoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Faces to embeddings. Any number of encoders on one broker share the cameras. The network stays
 * its owner's, who closes it after this stage.
 */
public final class EncoderWorker implements Stage {

  private final EncoderSettings settings;
  private final KafkaConnection kafka;
  private final Encoder encoder;
  private final EncoderMetrics metrics;
  private volatile @Nullable FaceLoop loop;
  private @Nullable Thread thread;
  private boolean closed;

  public EncoderWorker(
      EncoderSettings settings, KafkaConnection kafka, Encoder encoder, MeterRegistry registry) {
    this.settings = settings;
    this.kafka = kafka;
    this.encoder = settings.mirror() ? new MirroredEncoder(encoder) : encoder;
    this.metrics = new EncoderMetrics(registry);
  }

  @Override
  public String name() {
    return "encoder";
  }

  @Override
  public synchronized void start() {
    if (loop != null || closed) {
      throw new IllegalStateException("The encoder was started before");
    }
    Clock clock = Clock.systemUTC();
    FaceEncoding encoding = new FaceEncoding(settings, encoder, metrics, clock);
    FaceLoop started = new FaceLoop(settings, kafka, encoding, metrics, clock);
    loop = started;
    thread =
        new Thread(
            () -> {
              encoding.warmUp();
              started.run();
            },
            "encoder-1");
    thread.start();
  }

  @Override
  public Health health() {
    FaceLoop present = loop;
    return present == null ? Health.starting("The encoder is not running.") : present.health();
  }

  @Override
  public synchronized void close() {
    closed = true;
    FaceLoop present = loop;
    Thread running = thread;
    if (present == null || running == null) {
      return;
    }
    present.stop();
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }
}
