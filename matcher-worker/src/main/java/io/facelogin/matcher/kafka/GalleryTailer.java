package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.DeadLetters;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.matcher.gallery.Gallery;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.TemplateRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole gallery topic, all partitions, into one {@link Gallery}: every matcher has
 * everybody. Belongs to no group; how far it came lies beside the templates. One thread; {@link
 * #lag()} and {@link #isConnected()} may be asked by any. Loss of the broker is waited out.
 */
final class GalleryTailer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GalleryTailer.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration NOTE_EVERY = Duration.ofMinutes(10);
  private static final int LOG_EVERY_RECORDS = 100_000;

  private final Gallery gallery;
  private final ReadableRecords readable;
  private final TopologyMetrics metrics;
  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final DeadLetters deadLetters;

  private long notedAtNanos = System.nanoTime();
  private volatile long lag = Long.MAX_VALUE;
  private volatile boolean connected = true;

  GalleryTailer(
      KafkaConnection kafka, Gallery gallery, ReadableRecords readable, TopologyMetrics metrics) {
    this.gallery = gallery;
    this.readable = readable;
    this.metrics = metrics;
    consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
    deadLetters = new DeadLetters(producer);
  }

  /** Records of the topic that were not read yet, when last looked. */
  long lag() {
    return lag;
  }

  /** Whether the broker answers. */
  boolean isConnected() {
    return connected;
  }

  /**
   * Reads to the present end of the topic and returns.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer in time; may be
   *     called again
   */
  void catchUp() throws InterruptedException {
    Set<TopicPartition> partitions =
        consumer.partitionsFor(Topics.GALLERY.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    Map<Integer, Long> next = gallery.nextOffsets();
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(
          partition,
          next.getOrDefault(partition.partition(), beginnings.getOrDefault(partition, 0L)));
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long logAt = LOG_EVERY_RECORDS;
    long read = 0;
    while ((lag = remaining(ends)) > 0) {
      read += step();
      if (read >= logAt) {
        LOG.info("Read {} records of the gallery topic, {} to go", read, lag);
        logAt += LOG_EVERY_RECORDS;
      }
    }
    LOG.info(
        "The gallery is complete: {} people, {} templates",
        gallery.index().people(),
        gallery.index().templates());
  }

  private long remaining(Map<TopicPartition, Long> ends) {
    long remaining = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      remaining += Math.max(0, end.getValue() - consumer.position(end.getKey()));
    }
    return remaining;
  }

  /** Reads on for a moment; returns the number of records. */
  int step() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
    look();
    if (records.isEmpty()) {
      if (connected && System.nanoTime() - notedAtNanos > NOTE_EVERY.toNanos()) {
        notedAtNanos = System.nanoTime();
        gallery.apply(List.of(), Map.of());
      }
      return 0;
    }
    List<GalleryChange> changes = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        changes.add(change(record));
      } catch (UnreadableRecordException e) {
        metrics.deadLetter(Topics.GALLERY.name());
        deadLetters.setAside(record, Topics.GALLERY, e.kind().name());
      }
    }
    Map<Integer, Long> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      next.put(partition.partition(), consumer.position(partition));
    }
    gallery.apply(changes, next);
    if (gallery.isComplete()) {
      long nowMs = System.currentTimeMillis();
      for (ConsumerRecord<String, byte[]> record : records) {
        metrics.galleryChangeVisible(Duration.ofMillis(Math.max(0, nowMs - record.timestamp())));
      }
    }
    return records.count();
  }

  private GalleryChange change(ConsumerRecord<String, byte[]> record) {
    if (record.value() != null) {
      return readable.template(record.headers(), record.value());
    }
    try {
      return new GalleryChange.Erased(TemplateRecords.templateOf(String.valueOf(record.key())));
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecordException(
          UnreadableRecordException.Kind.DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  /** The consumer waits in silence for a broker that is away; its connections tell. */
  private void look() {
    connected =
        consumer.metrics().entrySet().stream()
            .filter(entry -> entry.getKey().name().equals("connection-count"))
            .filter(entry -> entry.getValue().metricValue() instanceof Double)
            .anyMatch(entry -> (Double) entry.getValue().metricValue() > 0);
    long behind = 0;
    for (TopicPartition partition : consumer.assignment()) {
      behind += Math.max(0, consumer.currentLag(partition).orElse(0));
    }
    lag = behind;
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    producer.close(Duration.ofSeconds(1));
  }
}
