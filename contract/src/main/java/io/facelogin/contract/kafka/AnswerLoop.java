package io.facelogin.contract.kafka;

import com.google.protobuf.MessageLite;
import io.facelogin.contract.stage.Health;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
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
 * Polls the records of one topic, has those of a poll answered together, puts the answers on
 * another topic and only then commits: a worker that dies in between leaves its records to the next
 * one, which may answer them again. Runs on a thread of its own from {@link #start} to {@link
 * #close}.
 *
 * <p>Broker away: the clients keep trying; answers that could not be delivered within half a minute
 * are given up, and the loop goes back to their records.
 */
public final class AnswerLoop<I extends MessageLite, O extends MessageLite>
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AnswerLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Longer in one round than any honest poll takes: the broker does not take our answers. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(5);

  private final Answering<I, O> stage;
  private final Topic<I> from;
  private final Topic<O> to;
  private final String group;
  private final Clock clock;
  private final String broker;
  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final DeadLetters deadLetters;
  private final Thread thread;
  private boolean answered;
  private boolean joined;
  private volatile boolean stopped;
  private volatile Health health;
  private volatile Instant roundBegan;

  public AnswerLoop(Answering<I, O> stage, KafkaConnection kafka, Clock clock) {
    this.stage = stage;
    this.from = kafka.open(stage.from());
    this.to = kafka.open(stage.to());
    this.group = "face-login-" + stage.stage();
    this.clock = clock;
    this.broker = kafka.bootstrapServers();
    this.consumer = consumer(kafka);
    this.producer = producer(kafka);
    this.deadLetters = new DeadLetters(producer);
    this.health = Health.starting("Warming up");
    this.roundBegan = clock.instant();
    this.thread = new Thread(this::run, stage.stage() + "-1");
  }

  private Consumer<String, byte[]> consumer(KafkaConnection kafka) {
    Map<String, Object> config = kafka.consumerConfig();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, stage.maxPollRecords());
    // A worker that was killed is replaced after this long; by default its cameras wait for 45 s.
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
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

  /** Returns at once. */
  public void start() {
    thread.start();
  }

  private long sinceProcessBeganMs() {
    return clock.millis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private void run() {
    try (consumer;
        producer) {
      stage.warmUp();
      log.info(
          "The {} is warm {} ms after its process began", stage.stage(), sinceProcessBeganMs());
      health = Health.starting("Waiting for the broker at " + broker);
      consumer.subscribe(List.of(from.name()), new Membership());
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
    List<I> values = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      read(record, readable, values);
    }
    stage.received(records.count(), records.count() - readable.size());
    List<Optional<O>> answers = stage.answer(values, receivedAtUs);
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).isPresent()) {
        sent.add(send(readable.get(i), answers.get(i).get()));
      }
    }
    producer.flush();
    if (allDelivered(sent)) {
      if (!answered && !sent.isEmpty()) {
        answered = true;
        log.info(
            "The {} gave its first answers {} ms after they came, {} ms after its process began",
            stage.stage(),
            clock.millis() - receivedAtUs / 1000,
            sinceProcessBeganMs());
      }
      commit();
    } else {
      goBack(records);
    }
  }

  private void read(
      ConsumerRecord<String, byte[]> record,
      List<ConsumerRecord<String, byte[]>> readable,
      List<I> values) {
    try {
      I value = from.decode(record);
      if (value == null) {
        throw new UnreadableRecordException(
            UnreadableRecordException.Kind.DAMAGED,
            "A record of " + from.name() + " without a value");
      }
      values.add(value);
      readable.add(record);
    } catch (UnreadableRecordException e) {
      deadLetters.setAside(record, from, e.kind().name());
    }
  }

  private Future<?> send(ConsumerRecord<String, byte[]> record, O answer) {
    var headers = new RecordHeaders();
    byte[] value = to.valueSerde().serializer().serialize(to.name(), headers, answer);
    headers.add(Headers.MODEL, stage.model(answer).getBytes(StandardCharsets.UTF_8));
    Header trace = record.headers().lastHeader(Headers.TRACE);
    if (trace != null) {
      headers.add(trace);
    }
    return producer.send(new ProducerRecord<>(to.name(), null, stage.key(answer), value, headers));
  }

  private boolean allDelivered(List<Future<?>> sent) {
    try {
      for (Future<?> delivery : sent) {
        delivery.get();
      }
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException refused) {
        throw refused;
      }
      health = brokerAway("takes no answers: " + e.getCause());
      log.warn(
          "Could not deliver {} to the broker at {}: {}",
          to.name(),
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
    return joined ? Health.ready() : Health.starting("Joining the group " + group);
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
    if (e instanceof AuthorizationException || e instanceof AuthenticationException) {
      String refused =
          "The broker at " + broker + " refuses the " + stage.stage() + ": " + e.getMessage();
      log.error("{}", refused);
      health =
          Health.failed(refused + ". Give its user the rights that `face-login kafka acls` lists.");
      return;
    }
    log.error("The {} stopped", stage.stage(), e);
    health = Health.failed("The " + stage.stage() + " stopped: " + e + ". Restart it.");
  }

  /** May be called from any thread. */
  public Health health() {
    Health present = health;
    return present.isReady() && roundBegan.plus(SUSPICIOUS).isBefore(clock.instant())
        ? brokerAway("has not taken an answer for more than " + SUSPICIOUS.toSeconds() + " s")
        : present;
  }

  /** Lets the round in hand finish and waits for its end. Idempotent. */
  @Override
  public void close() {
    stopped = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
