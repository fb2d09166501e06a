package io.facelogin.infra.letters;

import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of all topics. Kafka deletes only from a partition's beginning: a letter that is
 * dealt with gets a mark behind it (a record without a value, whose header names the letter), is
 * not shown any more, and its bytes go with all before it as soon as those are dealt with too, at
 * the latest when the topic's time is over.
 *
 * <p>Nothing is sent again by itself. A record that still cannot be read comes back as one new
 * letter.
 */
public final class DeadLetterBox {

  private static final String DEALT_WITH = "dealt-with";
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection kafka;

  public DeadLetterBox(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /** One partition as it was read: letters by offset, and which of them are dealt with. */
  private record Partition(
      TopicPartition place,
      TreeMap<Long, ConsumerRecord<String, byte[]>> records,
      Set<String> done) {

    boolean isOpen(ConsumerRecord<String, byte[]> record) {
      return !isMark(record) && !done.contains(id(record));
    }

    /** Everything before this offset may go. */
    long firstOpen(long end) {
      return records.values().stream()
          .filter(this::isOpen)
          .mapToLong(ConsumerRecord::offset)
          .min()
          .orElse(end);
    }
  }

  /**
   * What waits to be dealt with, the oldest first.
   *
   * @param topics whose letters
   */
  public List<DeadLetter> open(Collection<Topic<?>> topics) {
    return read(topics).stream()
        .flatMap(partition -> partition.records().values().stream().filter(partition::isOpen))
        .map(DeadLetterBox::letter)
        .sorted(java.util.Comparator.comparing(DeadLetter::setAsideAt))
        .toList();
  }

  /** Every header of a letter as text, and why this version cannot read it. */
  public Map<String, String> details(DeadLetter letter) {
    ConsumerRecord<String, byte[]> record = find(List.of(letter)).get(letter.id());
    Map<String, String> details = new LinkedHashMap<>();
    if (record == null) {
      return details;
    }
    for (Header header : record.headers()) {
      details.put(header.key(), text(header));
    }
    try {
      kafka.open(topic(letter.topic())).decode(record);
      details.put("readable", "yes: this version can read it; resend it");
    } catch (UnreadableRecordException e) {
      details.put("readable", "no: " + e.getMessage());
    }
    return details;
  }

  /** Puts the bytes back where they came from, with their headers, and deals with the letters. */
  public void resend(List<DeadLetter> letters) throws ExecutionException, InterruptedException {
    Map<String, ConsumerRecord<String, byte[]>> records = find(letters);
    try (var producer = producer()) {
      for (DeadLetter letter : letters) {
        ConsumerRecord<String, byte[]> record = records.get(letter.id());
        if (record != null) {
          var again = new ProducerRecord<>(letter.topic(), record.key(), record.value());
          for (Header header : record.headers()) {
            if (!header.key().equals(Headers.ERROR_KIND) && !header.key().equals(Headers.ORIGIN)) {
              again.headers().add(header);
            }
          }
          producer.send(again).get();
        }
      }
    }
    drop(letters);
  }

  /** Deals with letters by forgetting them. */
  public void drop(List<DeadLetter> letters) throws ExecutionException, InterruptedException {
    try (var producer = producer()) {
      for (DeadLetter letter : letters) {
        TopicPartition place = place(letter.id());
        var mark =
            new ProducerRecord<String, byte[]>(
                place.topic(), place.partition(), (String) null, (byte[]) null);
        mark.headers().add(DEALT_WITH, letter.id().getBytes(StandardCharsets.UTF_8));
        producer.send(mark).get();
      }
    }
    deleteWhatIsDone(
        letters.stream().map(DeadLetter::topic).distinct().map(DeadLetterBox::topic).toList());
  }

  private void deleteWhatIsDone(List<Topic<?>> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, RecordsToDelete> deletable = new HashMap<>();
    for (Partition partition : read(topics)) {
      if (!partition.records().isEmpty()) {
        long end = partition.records().lastKey() + 1;
        deletable.put(partition.place(), RecordsToDelete.beforeOffset(partition.firstOpen(end)));
      }
    }
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      admin.deleteRecords(deletable).all().get();
    }
  }

  private Map<String, ConsumerRecord<String, byte[]>> find(List<DeadLetter> letters) {
    Set<String> wanted = letters.stream().map(DeadLetter::id).collect(Collectors.toSet());
    List<Topic<?>> topics =
        letters.stream()
            .map(DeadLetter::topic)
            .distinct()
            .<Topic<?>>map(DeadLetterBox::topic)
            .toList();
    return read(topics).stream()
        .flatMap(partition -> partition.records().values().stream())
        .filter(record -> wanted.contains(id(record)))
        .collect(Collectors.toMap(DeadLetterBox::id, record -> record));
  }

  /** From their beginning to their present end. */
  private List<Partition> read(Collection<Topic<?>> topics) {
    try (var consumer =
        new KafkaConsumer<>(
            kafka.consumerConfig(), new StringDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();
      for (Topic<?> topic : topics) {
        consumer
            .partitionsFor(topic.deadLetterName())
            .forEach(
                info -> {
                  var place = new TopicPartition(info.topic(), info.partition());
                  partitions.put(
                      place, new Partition(place, new TreeMap<>(), new java.util.HashSet<>()));
                });
      }
      consumer.assign(partitions.keySet());
      consumer.seekToBeginning(partitions.keySet());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          Partition partition =
              Objects.requireNonNull(
                  partitions.get(new TopicPartition(record.topic(), record.partition())));
          partition.records().put(record.offset(), record);
          if (isMark(record)) {
            partition.done().add(text(record.headers().lastHeader(DEALT_WITH)));
          }
        }
      }
      return List.copyOf(partitions.values());
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer());
  }

  private static boolean isMark(ConsumerRecord<String, byte[]> record) {
    return record.headers().lastHeader(DEALT_WITH) != null;
  }

  private static DeadLetter letter(ConsumerRecord<String, byte[]> record) {
    return new DeadLetter(
        id(record),
        record.topic().replaceFirst("\\.dlq$", ""),
        String.valueOf(record.key()),
        text(record.headers().lastHeader(Headers.ERROR_KIND)),
        text(record.headers().lastHeader(Headers.ORIGIN)),
        Instant.ofEpochMilli(record.timestamp()),
        Math.max(0, record.serializedValueSize()));
  }

  private static String id(ConsumerRecord<String, byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private static TopicPartition place(String id) {
    int dash = id.lastIndexOf('-');
    return new TopicPartition(
        id.substring(0, dash), Integer.parseInt(id.substring(dash + 1, id.lastIndexOf('@'))));
  }

  private static Topic<?> topic(String name) {
    return Topics.ALL.stream().filter(topic -> topic.name().equals(name)).findFirst().orElseThrow();
  }

  private static String text(@Nullable Header header) {
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
