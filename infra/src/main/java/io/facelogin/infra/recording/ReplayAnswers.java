package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the pipeline makes of the frames that it is given. For one thread. */
final class ReplayAnswers implements AutoCloseable {

  private final Consumer<String, byte[]> consumer;
  private final Topic<Embeddings> embeddings;
  private final Set<FrameKey> encoded = new HashSet<>();
  private final List<Decision> decisions = new ArrayList<>();
  private long lastNewsNanos = System.nanoTime();

  /** Sees everything from the beginning of the topics. */
  ReplayAnswers(KafkaConnection kafka) {
    embeddings = kafka.open(Topics.EMBEDDINGS);
    consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic : List.of(Topics.EMBEDDINGS, Topics.DECISIONS)) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits at most that long for news. */
  void await(Duration longest) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(longest)) {
      lastNewsNanos = System.nanoTime();
      if (record.topic().equals(Topics.EMBEDDINGS.name())) {
        Embeddings answer = embeddings.decode(record);
        if (answer != null) {
          encoded.add(FrameKey.of(answer.getFrame()));
        }
      } else {
        Decision decision = Topics.DECISIONS.decode(record);
        if (decision != null) {
          decisions.add(decision);
        }
      }
    }
  }

  boolean hasEncoded(FrameKey frame) {
    return encoded.contains(frame);
  }

  Duration quietFor() {
    return Duration.ofNanos(System.nanoTime() - lastNewsNanos);
  }

  List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
