package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Records topics of a running site into a file: first the gallery as it was, then a lead-in of what
 * the broker still holds, then what comes. Disturbs nobody: it is one more consumer without a
 * group.
 */
public final class Recorder {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection kafka;
  private final RecorderSettings settings;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final RecordedFrames frames;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /** Told about every fifth of a second; must be quick. */
  public interface Progress {
    void recorded(Duration elapsed, Map<String, Long> recordsByTopic);
  }

  /**
   * What was recorded.
   *
   * @param unanswered frames whose embeddings did not come in time, or that the pipeline skipped
   *     because they were stale; a replay leaves them out
   */
  public record Summary(Map<String, Long> recordsByTopic, long unanswered) {}

  public Recorder(KafkaConnection kafka, RecorderSettings settings) {
    this.kafka = kafka;
    this.settings = settings;
    this.frames = new RecordedFrames(kafka);
    this.clock = Clock.systemUTC();
  }

  /** Ends the recording properly, from any thread; {@link #record} returns soon. */
  public void stop() {
    stop.countDown();
  }

  /** Returns when the duration is over or {@link #stop} was called. */
  public Summary record(Path file, Progress progress) throws IOException {
    Instant now = clock.instant();
    Instant from = now.minus(settings.leadIn());
    RecordingFacts facts =
        new RecordingFacts(now, now, settings.topics().stream().map(Topic::name).toList());
    try (RecordingWriter writer = new RecordingWriter(file, facts);
        Consumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
      // Keys before what they open.
      for (Topic<?> topic : List.of(Topics.PERSON_KEYS, Topics.GALLERY)) {
        if (settings.topics().contains(topic)) {
          writeLatest(topic, consumer, from, writer);
        }
      }
      seek(consumer, from);
      writeLeadIn(consumer, writer);
      writeWhatComes(consumer, now, writer, progress);
    }
    return new Summary(counts, frames.unanswered());
  }

  /** The last record of each key before the lead-in; its changes since come in order later. */
  private void writeLatest(
      Topic<?> topic, Consumer<String, byte[]> consumer, Instant before, RecordingWriter writer)
      throws IOException {
    List<TopicPartition> partitions = partitions(List.of(topic));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<String, ConsumerRecord<String, byte[]>> last = new LinkedHashMap<>();
    while (!isRead(consumer, ends)) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.timestamp() < before.toEpochMilli()) {
          last.put(record.key(), record);
        }
      }
    }
    for (ConsumerRecord<String, byte[]> record : last.values()) {
      if (record.value() != null) {
        write(record, writer);
      }
    }
  }

  private void seek(Consumer<String, byte[]> consumer, Instant from) {
    List<TopicPartition> partitions = partitions(settings.topics());
    consumer.assign(partitions);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, from.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
      consumer.position(partition); // now, not when it is polled first
    }
  }

  /** It comes partition by partition, and is put into the order of time. */
  private void writeLeadIn(Consumer<String, byte[]> consumer, RecordingWriter writer)
      throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    List<ConsumerRecord<String, byte[]>> leadIn = new ArrayList<>();
    while (!isRead(consumer, ends)) {
      consumer.poll(POLL).forEach(leadIn::add);
    }
    writeInOrder(leadIn, writer);
  }

  private void writeWhatComes(
      Consumer<String, byte[]> consumer, Instant begin, RecordingWriter writer, Progress progress)
      throws IOException {
    Instant end = begin.plus(settings.duration());
    Instant latest = null;
    while (latest == null || clock.instant().isBefore(latest)) {
      Instant now = clock.instant();
      if (latest == null && (stop.getCount() == 0 || !now.isBefore(end))) {
        frames.close();
        end = now;
        latest = now.plus(settings.patience());
      }
      if (latest != null
          && frames.unanswered() == 0
          && !now.isBefore(end.plus(settings.settling()))) {
        return;
      }
      List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
      consumer.poll(POLL).forEach(batch::add);
      writeInOrder(batch, writer);
      writer.flush();
      progress.recorded(Duration.between(begin, clock.instant()), counts);
    }
  }

  private void writeInOrder(List<ConsumerRecord<String, byte[]>> records, RecordingWriter writer)
      throws IOException {
    records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    for (ConsumerRecord<String, byte[]> record : records) {
      if (frames.belongs(record)) {
        write(record, writer);
      }
    }
  }

  private void write(ConsumerRecord<String, byte[]> record, RecordingWriter writer)
      throws IOException {
    writer.write(RecordedRecord.of(record));
    counts.merge(record.topic(), 1L, Long::sum);
  }

  private static boolean isRead(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static List<TopicPartition> partitions(List<Topic<?>> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic : topics) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
    }
    return partitions;
  }
}
