package io.facelogin.infra.recording;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the recordings that hold somebody as soon as that person's key is gone, whoever asked for
 * the erasure: a page, a program or a command. Watches on a thread of its own until it is closed.
 */
public final class RecordingsOfErased implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingsOfErased.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MS = 1_000;

  private final KnownRecordings recordings;
  private final Consumer<String, byte[]> consumer;
  private final Thread thread;
  private volatile boolean closing;

  private RecordingsOfErased(KafkaConnection kafka, KnownRecordings recordings) {
    this.recordings = recordings;
    Map<String, Object> config = kafka.consumerConfig();
    this.consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::follow, "recordings-of-erased");
    thread.setDaemon(true);
  }

  /** Whoever is erased after this returns counts. */
  public static RecordingsOfErased watch(KafkaConnection kafka, KnownRecordings recordings) {
    RecordingsOfErased watching = new RecordingsOfErased(kafka, recordings);
    List<TopicPartition> partitions =
        watching.consumer.partitionsFor(Topics.PERSON_KEYS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    watching.consumer.assign(partitions);
    watching.consumer.seekToEnd(partitions);
    partitions.forEach(watching.consumer::position);
    watching.thread.start();
    return watching;
  }

  private void follow() {
    try (consumer) {
      while (!closing) {
        try {
          consumer.poll(POLL).forEach(this::take);
        } catch (WakeupException | InterruptException e) {
          return;
        } catch (KafkaException e) {
          LOG.warn("Watching who is erased: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() != null || record.key() == null || record.key().isBlank()) {
      return;
    }
    try {
      int deleted = recordings.deleteThoseWith(new PersonId(record.key())).size();
      if (deleted > 0) {
        LOG.info("Deleted {} recordings with somebody who was erased", deleted);
      }
    } catch (IOException e) {
      LOG.error("A recording with somebody who was erased could not be deleted: {}", e.toString());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
