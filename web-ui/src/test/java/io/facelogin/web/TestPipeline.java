package io.facelogin.web;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads what the web stage publishes and publishes what the other stages would. */
final class TestPipeline implements AutoCloseable {

  private final KafkaConnection kafka;
  private final KafkaConsumer<String, byte[]> frames;
  private final KafkaProducer<String, byte[]> producer;
  private final List<Frame> waiting = new ArrayList<>();

  TestPipeline(KafkaConnection kafka) {
    this.kafka = kafka;
    Map<String, Object> config = kafka.consumerConfig();
    this.frames =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        frames.partitionsFor(Topics.FRAMES.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    frames.assign(all);
    frames.seekToBeginning(all);
    this.producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Shows the frame until one comes through: those sent too fast are dropped, as they should be.
   */
  Frame frameShownBy(Browser browser, byte[] jpeg) {
    for (int i = 0; i < 50; i++) {
      browser.show(jpeg);
      Optional<Frame> frame = frameOf(browser.camera(), 2);
      if (frame.isPresent()) {
        return frame.get();
      }
    }
    throw new AssertionError("No frame of " + browser.camera() + " within 10 s");
  }

  private Optional<Frame> frameOf(String camera, int polls) {
    for (int i = 0; i < polls; i++) {
      for (Frame frame : waiting) {
        if (frame.getRef().getCameraId().equals(camera)) {
          waiting.remove(frame);
          return Optional.of(frame);
        }
      }
      frames
          .poll(Duration.ofMillis(100))
          .forEach(
              record -> {
                Frame frame = kafka.open(Topics.FRAMES).decode(record);
                if (frame != null) {
                  waiting.add(frame);
                }
              });
    }
    return Optional.empty();
  }

  <T extends MessageLite> void publish(Topic<T> topic, String key, T value) {
    try {
      producer.send(new ProducerRecord<>(topic.name(), key, value.toByteArray())).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    frames.close();
    producer.close();
  }
}
