package io.facelogin.infra.erasure;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All records of a topic as it is now. */
record TopicContents(List<ConsumerRecord<String, byte[]>> records) {

  private static final Duration POLL = Duration.ofMillis(200);

  static TopicContents of(KafkaConnection kafka, Topic<?> topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
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
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return new TopicContents(records);
  }

  /** The last record of each key, if it is no tombstone. */
  List<ConsumerRecord<String, byte[]>> latest() {
    Map<String, ConsumerRecord<String, byte[]>> latest = new LinkedHashMap<>();
    records.forEach(record -> latest.put(String.valueOf(record.key()), record));
    return latest.values().stream().filter(record -> record.value() != null).toList();
  }

  /** Records whose key is the person's id or begins with it. */
  long ofPerson(String id) {
    return records.stream()
        .filter(record -> record.value() != null)
        .map(record -> String.valueOf(record.key()))
        .filter(key -> key.equals(id) || key.startsWith(id + "/"))
        .count();
  }
}
