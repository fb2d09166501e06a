package io.facelogin.contract.kafka;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.facelogin.contract.secret.MasterKeys;
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
 * @param isConfidential whether values are pictures or vectors of faces, which only travel sealed
 */
public record Topic<T extends MessageLite>(
    String name,
    ProtobufSerde<T> valueSerde,
    int partitions,
    Map<String, String> config,
    boolean isConfidential) {

  Topic(String name, Parser<T> parser, int partitions, Map<String, String> config) {
    this(name, ProtobufSerde.plain(parser), partitions, config, false);
  }

  /** Nothing is written to it before it is {@link #sealedBy sealed}. */
  Topic<T> confidential() {
    return new Topic<>(name, valueSerde.withoutKey(), partitions, config, true);
  }

  /** The same topic, whose values are sealed by these keys if they are confidential. */
  public Topic<T> sealedBy(MasterKeys masters) {
    return isConfidential
        ? new Topic<>(name, valueSerde.sealedBy(masters, name), partitions, config, true)
        : this;
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
