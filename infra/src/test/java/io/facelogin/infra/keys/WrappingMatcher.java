package io.facelogin.infra.keys;

import static org.awaitility.Awaitility.await;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.DataKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Does what a matcher does with the orders of a rotation, just as many as it is told to. */
final class WrappingMatcher implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConnection kafka;
  private final Map<PersonId, DataKey> keys;
  private final KafkaConsumer<String, byte[]> orders;
  private final KafkaProducer<String, byte[]> wrapped;
  private final Queue<PersonId> waiting = new ArrayDeque<>();

  WrappingMatcher(KafkaConnection kafka, Map<PersonId, DataKey> keys) {
    this.kafka = kafka;
    this.keys = keys;
    orders =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
    orders.assign(
        orders.partitionsFor(Topics.ENROLMENTS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
    fromTheBeginning();
    Map<String, Object> config = kafka.producerConfig();
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "matcher");
    wrapped = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    wrapped.initTransactions();
  }

  /** As after a start that finds nothing committed. */
  void fromTheBeginning() {
    waiting.clear();
    orders.seekToBeginning(orders.assignment());
  }

  void begin() {
    wrapped.beginTransaction();
  }

  /** Waits until that many orders are there that were not taken yet. */
  void awaitOrders(int count) {
    await()
        .pollInSameThread() // a consumer is used by one thread
        .atMost(SOON)
        .until(
            () -> {
              orders.poll(POLL).forEach(order -> waiting.add(new PersonId(order.key())));
              return waiting.size() >= count;
            });
  }

  /** Carries out that many orders. */
  void take(int count) {
    awaitOrders(count);
    for (int taken = 0; taken < count; taken++) {
      wrap(waiting.remove());
    }
    wrapped.flush();
  }

  void wrap(PersonId person) {
    kafka.masterKeysOrThrow().refresh();
    byte[] record =
        PersonKeyRecords.wrap(
                person,
                Objects.requireNonNull(keys.get(person)),
                Instant.EPOCH,
                kafka.masterKeysOrThrow())
            .toByteArray();
    wrapped.send(new ProducerRecord<>(Topics.PERSON_KEYS.name(), person.value(), record));
  }

  void commit() {
    wrapped.commitTransaction();
  }

  void abort() {
    wrapped.abortTransaction();
  }

  @Override
  public void close() {
    orders.close();
    wrapped.close();
  }
}
