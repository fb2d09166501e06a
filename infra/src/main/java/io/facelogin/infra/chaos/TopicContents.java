package io.facelogin.infra.chaos;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that a topic holds at the moment; what cannot be read is left out. */
final class TopicContents {

  private TopicContents() {}

  static List<Decision> decisions(KafkaConnection kafka) {
    return all(kafka, Topics.DECISIONS);
  }

  static List<Embeddings> embeddings(KafkaConnection kafka) {
    return all(kafka, Topics.EMBEDDINGS);
  }

  private static <T extends MessageLite> List<T> all(KafkaConnection kafka, Topic<T> which) {
    Topic<T> topic = kafka.open(which);
    List<T> contents = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          try {
            T value = topic.decode(record);
            if (value != null) {
              contents.add(value);
            }
          } catch (UnreadableRecordException e) {
            // Poison of another scenario; its dead letter is looked at there.
          }
        }
      }
    }
    return contents;
  }
}
