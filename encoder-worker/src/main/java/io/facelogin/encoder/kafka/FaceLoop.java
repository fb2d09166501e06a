package io.facelogin.encoder.kafka;

import io.facelogin.contract.kafka.DeadLetters;
import io.facelogin.contract.kafka.Headers;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Faces;
import io.facelogin.encoder.EncoderMetrics;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.encoder.face.FaceEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls faces, has those of a poll encoded together, puts the vectors on {@code embeddings} and
 * only then commits: a worker that dies in between leaves its records to the next one, which may
 * answer them again. Runs on one thread until {@link #stop}.
 *
 * <p>Broker away: the clients keep trying; answers that could not be delivered within half a minute
 * are given up, and the loop goes back to their records.
 */
public final class FaceLoop implements Runnable {

  public static final String GROUP = "face-login-encoder";

  private static final Logger log = LoggerFactory.getLogger(FaceLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Longer in one round than any honest poll takes: the broker does not take our answers. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(5);

  private final EncoderMetrics metrics;
  private final FaceEncoding encoding;
  private final Clock clock;
  private final String broker;
  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final DeadLetters deadLetters;
  private boolean joined;
  private volatile boolean stopped;
  private volatile Health health;
  private volatile Instant roundBegan;

  public FaceLoop(
      EncoderSettings settings,
      KafkaConnection kafka,
      FaceEncoding encoding,
      EncoderMetrics metrics,
      Clock clock) {
    this.metrics = metrics;
    this.encoding = encoding;
    this.clock = clock;
    this.broker = kafka.bootstrapServers();
    this.consumer = consumer(settings, kafka);
    this.producer = producer(kafka);
    this.deadLetters = new DeadLetters(producer);
    this.health = Health.starting("Waiting for the broker at " + broker);
    this.roundBegan = clock.instant();
  }

  private static Consumer<String, byte[]> consumer(
      EncoderSettings settings, KafkaConnection kafka) {
    Map<String, Object> config = kafka.consumerConfig();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxPollRecords());
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static Producer<String, byte[]> producer(KafkaConnection kafka) {
    Map<String, Object> config = kafka.producerConfig();
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public void run() {
    try (consumer;
        producer) {
      consumer.subscribe(List.of(Topics.FACES.name()), new Membership());
      while (!stopped) {
        roundBegan = clock.instant();
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        health = present();
        if (!records.isEmpty()) {
          answer(records);
        }
      }
    } catch (WakeupException e) {
      if (!stopped) {
        fail(e);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void answer(ConsumerRecords<String, byte[]> records) {
    long receivedAtUs = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    List<ConsumerRecord<String, byte[]>> readable = new ArrayList<>();
    List<Faces> faces = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      read(record, readable, faces);
    }
    long began = System.nanoTime();
    List<Embeddings> answers = encoding.encode(faces, receivedAtUs);
    metrics.processing(Duration.ofNanos(System.nanoTime() - began));
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      metrics.processed();
      sent.add(send(readable.get(i), answers.get(i)));
    }
    producer.flush();
    if (allDelivered(sent)) {
      commit();
    } else {
      goBack(records);
    }
  }

  private void read(
      ConsumerRecord<String, byte[]> record,
      List<ConsumerRecord<String, byte[]>> readable,
      List<Faces> faces) {
    metrics.received();
    try {
      Faces value = Topics.FACES.decode(record);
      if (value == null) {
        throw new UnreadableRecordException(
            UnreadableRecordException.Kind.DAMAGED, "Faces without a value");
      }
      faces.add(value);
      readable.add(record);
    } catch (UnreadableRecordException e) {
      metrics.unreadable();
      deadLetters.setAside(record, Topics.FACES, e.kind().name());
    }
  }

  private Future<?> send(ConsumerRecord<String, byte[]> faces, Embeddings embeddings) {
    var headers = new RecordHeaders();
    byte[] value =
        Topics.EMBEDDINGS
            .valueSerde()
            .serializer()
            .serialize(Topics.EMBEDDINGS.name(), headers, embeddings);
    headers.add(Headers.MODEL, embeddings.getModelId().getBytes(StandardCharsets.UTF_8));
    Header trace = faces.headers().lastHeader(Headers.TRACE);
    if (trace != null) {
      headers.add(trace);
    }
    String camera = embeddings.getFrame().getCameraId();
    return producer.send(
        new ProducerRecord<>(Topics.EMBEDDINGS.name(), null, camera, value, headers));
  }

  private boolean allDelivered(List<Future<?>> sent) {
    try {
      for (Future<?> delivery : sent) {
        delivery.get();
      }
      return true;
    } catch (ExecutionException e) {
      health = brokerAway("takes no answers: " + e.getCause());
      log.warn(
          "Could not deliver embeddings to the broker at {}: {}",
          broker,
          String.valueOf(e.getCause()));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void commit() {
    try {
      consumer.commitSync();
    } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
      // The answers are out; at worst whoever owns the partitions now answers again.
      log.info("Could not commit: {}", e.getMessage());
    }
  }

  private void goBack(ConsumerRecords<String, byte[]> records) {
    var mine = consumer.assignment();
    for (var partition : records.partitions()) {
      if (mine.contains(partition)) {
        consumer.seek(partition, records.records(partition).get(0).offset());
      }
    }
  }

  /** Ready only once the group gave us our share: what is sent before that may wait for seconds. */
  private final class Membership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Every round commits before it ends, so there is nothing left to do.
    }
  }

  private Health present() {
    if (!isConnected()) {
      return brokerAway("does not answer");
    }
    return joined ? Health.ready() : Health.starting("Joining the group " + GROUP);
  }

  private boolean isConnected() {
    return consumer.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals("connection-count"))
        .anyMatch(entry -> entry.getValue().metricValue() instanceof Double n && n > 0);
  }

  private Health brokerAway(String how) {
    return Health.troubled("The broker at " + broker + " " + how);
  }

  private void fail(RuntimeException e) {
    log.error("The encoder stopped", e);
    health = Health.failed("The encoder stopped: " + e + ". Restart it.");
  }

  /** May be called from any thread. */
  public Health health() {
    Health present = health;
    return present.isReady() && roundBegan.plus(SUSPICIOUS).isBefore(clock.instant())
        ? brokerAway("has not taken an answer for more than " + SUSPICIOUS.toSeconds() + " s")
        : present;
  }

  /** Lets the round in hand finish; returns at once. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }
}
