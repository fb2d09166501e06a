package io.facelogin.capture.kafka;

import io.facelogin.capture.CaptureMetrics;
import io.facelogin.capture.CaptureSettings;
import io.facelogin.capture.camera.CameraReport;
import io.facelogin.capture.camera.Mailbox;
import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames while the broker keeps up, and only the newest of each camera when it does not. A
 * frame is never sent twice: old frames are worth nothing, and so order is kept without
 * transactions. One thread sends for all cameras, so that a broker that is away holds up no camera.
 */
public final class FramePublisher implements AutoCloseable {

  private final Producer<String, Frame> producer;
  private final CaptureMetrics metrics;
  private final int framesInFlight;
  private final BlockingQueue<Outbox> ready = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable String fault;

  /** Owns the producer. */
  public FramePublisher(
      Producer<String, Frame> producer, int framesInFlight, CaptureMetrics metrics) {
    this.producer = producer;
    this.framesInFlight = framesInFlight;
    this.metrics = metrics;
    this.thread = new Thread(this::sendAll, "frame-publisher");
    thread.start();
  }

  /** Freshness before completeness: short waits, no repeats, one acknowledgement. */
  public static Producer<String, Frame> producer(KafkaConnection kafka, CaptureSettings settings) {
    int patienceMs = Math.toIntExact(settings.brokerPatience().toMillis());
    Map<String, Object> config = kafka.producerConfig();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "capture-frames");
    config.put(ProducerConfig.ACKS_CONFIG, "1");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    config.put(ProducerConfig.RETRIES_CONFIG, 0);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(500, patienceMs));
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMs);
    Topic<Frame> frames = kafka.open(Topics.FRAMES);
    return new KafkaProducer<>(
        config, frames.keySerde().serializer(), frames.valueSerde().serializer());
  }

  /** A way out for one camera. */
  public Outbox open(CameraReport report) {
    return new Outbox(report);
  }

  /** Why the broker did not take the last frame; empty while it takes them. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /** Frames that still wait are dropped. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }

  private void sendAll() {
    try {
      while (!closed) {
        ready.take().sendNewest();
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One camera's frames on their way to the broker. */
  public final class Outbox {

    private final CameraReport report;
    private final Mailbox<Frame> mailbox = new Mailbox<>(framesInFlight);

    private Outbox(CameraReport report) {
      this.report = report;
    }

    /** Never blocks. A frame that still waits is dropped. */
    public void put(Frame frame) {
      metrics.captured.increment();
      if (mailbox.put(frame) != null) {
        metrics.replaced.increment();
        report.countDropped();
      }
      ready.add(this);
    }

    private void sendNewest() {
      Frame frame = mailbox.take();
      if (frame == null) {
        return;
      }
      long capturedMs = frame.getRef().getCapturedAtUs() / 1000;
      ProducerRecord<String, Frame> record =
          new ProducerRecord<>(
              Topics.FRAMES.name(), null, capturedMs, frame.getRef().getCameraId(), frame);
      record
          .headers()
          .add(Headers.TRACE, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
      try {
        producer.send(record, (metadata, exception) -> answered(exception));
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException | IllegalStateException e) {
        answered(e); // thrown, and then the callback is never called
      }
    }

    private void answered(@Nullable Exception exception) {
      if (exception == null) {
        report.countPublished();
        metrics.published.increment();
        fault = null;
      } else {
        report.countDropped();
        metrics.refusedByBroker.increment();
        fault = exception.getMessage();
      }
      mailbox.answered();
      ready.add(this);
    }
  }
}
