package io.facelogin.infra.recording;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, byte for byte. Arrays are shared, nobody changes them.
 *
 * @param partition that it was read from
 * @param timestampMs as the record carries it
 * @param value null is a tombstone
 */
record RecordedRecord(
    String topic,
    int partition,
    long timestampMs,
    @Nullable String key,
    List<Header> headers,
    byte @Nullable [] value) {

  /** One header of a record. */
  record Header(String name, byte @Nullable [] value) {}

  static RecordedRecord of(ConsumerRecord<String, byte[]> record) {
    List<Header> headers = new java.util.ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return new RecordedRecord(
        record.topic(),
        record.partition(),
        record.timestamp(),
        record.key(),
        List.copyOf(headers),
        record.value());
  }

  /** As if it were just consumed, for the contract's decoders. */
  ConsumerRecord<String, byte[]> toConsumed() {
    @SuppressWarnings("NullAway") // Kafka's record takes a null key and value, unannotated
    ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(topic, partition, 0, key, value);
    headers.forEach(header -> record.headers().add(header.name(), header.value()));
    return record;
  }
}
