package io.facelogin.capture.kafka;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.CameraStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how cameras are. In one thread of its own, so that reports of one camera stay in order and
 * nobody waits for the broker. A lost report does not matter: the next one comes in seconds.
 */
public final class StatusPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);

  private final Producer<String, CameraStatus> producer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "camera-status"));

  public StatusPublisher(KafkaConnection kafka) {
    Map<String, Object> config = kafka.producerConfig();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "capture-status");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
    producer =
        new KafkaProducer<>(
            config,
            Topics.CAMERA_STATUS.keySerde().serializer(),
            Topics.CAMERA_STATUS.valueSerde().serializer());
  }

  /** Returns at once; the status is asked for when its turn comes. */
  public void publish(Supplier<CameraStatus> status) {
    execute(
        () -> {
          CameraStatus current = status.get();
          send(current.getCameraId(), current);
        });
  }

  /** Calls the task, which publishes, again and again. */
  public void every(Duration interval, Runnable task) {
    thread.scheduleAtFixedRate(
        task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes a camera off that is no longer on the list. */
  public void forget(String cameraId) {
    execute(() -> send(cameraId, null));
  }

  /** Sends what was said before. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed already: the news of a camera that stops late is not told");
    }
  }

  private void send(String cameraId, @Nullable CameraStatus status) {
    try {
      producer.send(new ProducerRecord<>(Topics.CAMERA_STATUS.name(), cameraId, status));
    } catch (KafkaException e) {
      LOG.debug("Status of camera {} was not published: {}", cameraId, e.getMessage());
    }
  }
}
