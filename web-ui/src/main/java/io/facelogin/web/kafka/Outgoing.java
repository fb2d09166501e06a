package io.facelogin.web.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.kafka.DeadLetters;
import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What leaves this stage. Commands are waited for and lose nothing; frames are worth something only
 * at once, so they wait for nobody and are given up after two seconds.
 */
@Component
public class Outgoing implements DisposableBean {

  private static final int COMMAND_TIMEOUT_MS = 8_000;
  private static final int FRAME_TIMEOUT_MS = 2_000;

  private final KafkaConnection kafka;
  private final Producer<String, byte[]> commands;
  private final Producer<String, byte[]> frames;

  Outgoing(KafkaConnection kafka) {
    this.kafka = kafka;
    Map<String, Object> config = kafka.producerConfig();
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, COMMAND_TIMEOUT_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, COMMAND_TIMEOUT_MS);
    this.commands = producer(config);
    Map<String, Object> swift = kafka.producerConfig();
    swift.put(ProducerConfig.ACKS_CONFIG, "1");
    swift.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    swift.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100);
    swift.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, FRAME_TIMEOUT_MS / 2);
    swift.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FRAME_TIMEOUT_MS);
    this.frames = producer(swift);
  }

  private static Producer<String, byte[]> producer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sets records aside with the producer of commands. */
  public DeadLetters deadLetters() {
    return new DeadLetters(commands);
  }

  /**
   * Returns when the broker has it.
   *
   * @param value null for a tombstone
   * @throws PipelineAwayException if the broker does not answer in time
   */
  public <T extends MessageLite> void publish(Topic<T> topic, String key, @Nullable T value) {
    try {
      commands.send(record(topic, key, value)).get(COMMAND_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw PipelineAwayException.broker();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PipelineAwayException.broker();
    }
  }

  /**
   * Returns at once.
   *
   * @param lost called from another thread if the broker did not take the frame
   */
  public void publishFrame(Frame frame, Runnable lost) {
    String cameraId = frame.getRef().getCameraId();
    ProducerRecord<String, byte[]> record = record(Topics.FRAMES, cameraId, frame);
    String trace = frame.getRef().getSessionId() + "-" + frame.getRef().getSequence();
    record.headers().add(Headers.TRACE, trace.getBytes(StandardCharsets.UTF_8));
    try {
      frames.send(
          record,
          (metadata, failure) -> {
            if (failure != null) {
              lost.run();
            }
          });
    } catch (KafkaException e) {
      lost.run();
    }
  }

  private <T extends MessageLite> ProducerRecord<String, byte[]> record(
      Topic<T> topic, String key, @Nullable T value) {
    ProducerRecord<String, byte[]> blank = new ProducerRecord<>(topic.name(), key, null);
    byte[] bytes =
        kafka.open(topic).valueSerde().serializer().serialize(topic.name(), blank.headers(), value);
    return new ProducerRecord<>(topic.name(), null, key, bytes, blank.headers());
  }

  @Override
  public void destroy() {
    commands.close(Duration.ofSeconds(2));
    frames.close(Duration.ofMillis(200));
  }
}
