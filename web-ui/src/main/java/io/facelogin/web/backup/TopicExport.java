package io.facelogin.web.backup;

import com.google.protobuf.ByteString;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.v1.KeptRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The present state of compacted topics: the last record of each key up to where the topic ended
 * when asked, without what was erased. Holds the keys of one partition in memory, not the records.
 * For one thread; disturbs no other reader.
 */
final class TopicExport implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;

  TopicExport(KafkaConnection kafka) {
    consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  int partitions(String topic) {
    return consumer.partitionsFor(topic).size();
  }

  /**
   * @return how many records were written
   */
  long write(String topic, OutputStream out) throws IOException {
    long written = 0;
    for (int partition = 0; partition < partitions(topic); partition++) {
      written += write(new TopicPartition(topic, partition), out);
    }
    return written;
  }

  private interface Receiver {
    void receive(ConsumerRecord<String, byte[]> record) throws IOException;
  }

  private long write(TopicPartition partition, OutputStream out) throws IOException {
    consumer.assign(List.of(partition));
    long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
    Map<String, Long> last = new HashMap<>();
    read(
        partition,
        end,
        record -> {
          if (record.value() == null) {
            last.remove(record.key());
          } else {
            last.put(record.key(), record.offset());
          }
        });
    read(
        partition,
        end,
        record -> {
          Long offset = last.get(record.key());
          if (offset != null && offset == record.offset()) {
            kept(record).writeDelimitedTo(out);
          }
        });
    return last.size();
  }

  private void read(TopicPartition partition, long end, Receiver receiver) throws IOException {
    consumer.seekToBeginning(List.of(partition));
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end) {
          receiver.receive(record);
        }
      }
    }
  }

  private static KeptRecord kept(ConsumerRecord<String, byte[]> record) {
    KeptRecord.Builder kept =
        KeptRecord.newBuilder()
            .setPartition(record.partition())
            .setTimestampMs(record.timestamp())
            .setKey(record.key())
            .setValue(ByteString.copyFrom(record.value()));
    for (Header header : record.headers()) {
      kept.addHeaders(
          KeptRecord.Header.newBuilder()
              .setName(header.key())
              .setValue(ByteString.copyFrom(header.value())));
    }
    return kept.build();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
