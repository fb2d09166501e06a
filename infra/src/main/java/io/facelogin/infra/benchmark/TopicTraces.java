package io.facelogin.infra.benchmark;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the traces that the stages wrote, of all that came since this was opened. */
final class TopicTraces implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<String, Embeddings> embeddings;
  private final KafkaConsumer<String, Decision> decisions;

  TopicTraces(KafkaConnection kafka) {
    embeddings =
        atTheEnd(
            kafka,
            Topics.EMBEDDINGS.name(),
            kafka.open(Topics.EMBEDDINGS).valueSerde().deserializer());
    decisions =
        atTheEnd(kafka, Topics.DECISIONS.name(), Topics.DECISIONS.valueSerde().deserializer());
  }

  private static <V> KafkaConsumer<String, V> atTheEnd(
      KafkaConnection kafka, String topic, Deserializer<V> values) {
    var consumer = new KafkaConsumer<>(kafka.consumerConfig(), new StringDeserializer(), values);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(one -> new TopicPartition(topic, one.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // now, not when it is polled first
    return consumer;
  }

  List<Embeddings> embeddings() {
    return rest(embeddings);
  }

  List<Decision> decisions() {
    return rest(decisions);
  }

  private static <V> List<V> rest(KafkaConsumer<String, V> consumer) {
    List<V> values = new ArrayList<>();
    Collection<TopicPartition> partitions = consumer.assignment();
    var ends = consumer.endOffsets(partitions).entrySet();
    while (ends.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, V> record : consumer.poll(POLL)) {
        if (record.value() != null) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  @Override
  public void close() {
    embeddings.close();
    decisions.close();
  }
}
