package io.facelogin.infra.chaos;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Every decision that was ever made here, as the topic has it; what cannot be read is left out. */
final class DecisionsOnTopic {

  private DecisionsOnTopic() {}

  static List<Decision> all(KafkaConnection kafka) {
    List<Decision> decisions = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DECISIONS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          try {
            Decision decision = Topics.DECISIONS.decode(record);
            if (decision != null) {
              decisions.add(decision);
            }
          } catch (io.facelogin.contract.kafka.UnreadableRecordException e) {
            // Poison of another scenario; its dead letter is looked at there.
          }
        }
      }
    }
    return decisions;
  }
}
