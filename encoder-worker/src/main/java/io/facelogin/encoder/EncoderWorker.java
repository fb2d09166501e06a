package io.facelogin.encoder;

import io.facelogin.contract.kafka.AnswerLoop;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Faces;
import io.facelogin.encoder.face.FaceEncoding;
import io.facelogin.encoder.kafka.FaceAnswers;
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
  private volatile @Nullable AnswerLoop<Faces, Embeddings> loop;
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
    AnswerLoop<Faces, Embeddings> started =
        new AnswerLoop<>(new FaceAnswers(settings, encoding, metrics), kafka, clock);
    loop = started;
    started.start();
  }

  @Override
  public Health health() {
    AnswerLoop<Faces, Embeddings> present = loop;
    return present == null ? Health.starting("The encoder is not running.") : present.health();
  }

  @Override
  public synchronized void close() {
    closed = true;
    AnswerLoop<Faces, Embeddings> present = loop;
    if (present != null) {
      present.close();
    }
  }
}
