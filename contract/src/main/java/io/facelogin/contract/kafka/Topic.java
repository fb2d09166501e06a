package io.facelogin.contract.kafka;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * One topic: its name, value type, number of partitions and how long it keeps records. Keys are
 * UTF-8 strings.
 *
 * @param config topic settings as Kafka names them
 */
public record Topic<T extends MessageLite>(
    String name, ProtobufSerde<T> valueSerde, int partitions, Map<String, String> config) {

  Topic(String name, Parser<T> parser, int partitions, Map<String, String> config) {
    this(name, new ProtobufSerde<>(parser), partitions, config);
  }

  public Serde<String> keySerde() {
    return Serdes.String();
  }

  /** How long a record is kept; empty where the last one of each key stays. */
  public Optional<Duration> retention() {
    return Optional.ofNullable(config.get(TopicSetup.RETENTION_MS))
        .map(text -> Duration.ofMillis(Long.parseLong(text)));
  }

  /** Where records of this topic go that no code can read. */
  public String deadLetterName() {
    return name + ".dlq";
  }

  /**
   * Reads a record that was consumed as bytes, so that an unreadable one can go to the dead
   * letters.
   *
   * @return null for a tombstone
   * @throws UnreadableRecordException if no code of this version can read it
   */
  public @Nullable T decode(ConsumerRecord<String, byte[]> record) {
    return valueSerde.deserializer().deserialize(record.topic(), record.headers(), record.value());
  }
}
