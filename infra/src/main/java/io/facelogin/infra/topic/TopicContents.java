package io.facelogin.infra.topic;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.UnreadableRecordException;
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
public record TopicContents(List<ConsumerRecord<String, byte[]>> records) {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Reads from the beginning to the end that the topic has now. */
  public static TopicContents of(KafkaConnection kafka, Topic<?> topic) {
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

  /** Whatever can be read, tombstones left out. */
  public static <T extends MessageLite> List<T> readable(KafkaConnection kafka, Topic<T> topic) {
    Topic<T> open = kafka.open(topic);
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : of(kafka, topic).records()) {
      try {
        T value = open.decode(record);
        if (value != null) {
          values.add(value);
        }
      } catch (UnreadableRecordException e) {
        // It has a dead letter of its own.
      }
    }
    return values;
  }

  /** The last record of each key, if it is no tombstone. */
  public List<ConsumerRecord<String, byte[]>> latest() {
    Map<String, ConsumerRecord<String, byte[]>> latest = new LinkedHashMap<>();
    records.forEach(record -> latest.put(String.valueOf(record.key()), record));
    return latest.values().stream().filter(record -> record.value() != null).toList();
  }

  /** Records whose key is the person's id or begins with it. */
  public long ofPerson(String id) {
    return records.stream()
        .filter(record -> record.value() != null)
        .map(record -> String.valueOf(record.key()))
        .filter(key -> key.equals(id) || key.startsWith(id + "/"))
        .count();
  }
}
