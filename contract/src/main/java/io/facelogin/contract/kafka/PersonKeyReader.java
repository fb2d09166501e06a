package io.facelogin.contract.kafka;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.contract.v1.PersonKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic {@code person-keys} on a thread of its own. Whoever asks for a key that is not
 * known waits until the topic was read to where it ended at that moment, so that a key the broker
 * has is found for certain, and one that is not found is gone.
 */
public final class PersonKeyReader implements PersonKeys, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PersonKeyReader.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MasterKeys masters;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;
  private final Map<PersonId, Known> known = new ConcurrentHashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Condition reached = lock.newCondition();

  /** Questions for the end of the topic: how many were asked, and how many of them are answered. */
  private long asked;

  private long answered;
  private volatile boolean closing;

  /**
   * A key as the topic has it.
   *
   * @param key empty if no master key of ours opens it
   */
  public record Known(PersonKey record, Optional<DataKey> key) {}

  /**
   * Begins to read at once; also what is not committed yet, since a matcher waits for a key while
   * its own transaction, which may have written to the same partition before, is still open.
   */
  public PersonKeyReader(KafkaConnection kafka) {
    this(kafka, IsolationLevel.READ_UNCOMMITTED);
  }

  private PersonKeyReader(KafkaConnection kafka, IsolationLevel isolation) {
    masters = kafka.masterKeysOrThrow();
    Map<String, Object> config = kafka.consumerConfig();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
    // A topic made by asking for it would keep erased keys for days.
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    thread = new Thread(this::follow, "person-keys");
    thread.setDaemon(true);
    thread.start();
  }

  /** Reads what will stay only: a matcher that is killed takes back what it has not committed. */
  public static PersonKeyReader ofCommitted(KafkaConnection kafka) {
    return new PersonKeyReader(kafka, IsolationLevel.READ_COMMITTED);
  }

  /**
   * @throws TimeoutException if it is not known and the broker does not answer within half a minute
   */
  @Override
  public Optional<DataKey> find(PersonId person) {
    Known found = known.get(person);
    if (found == null) {
      awaitEnd();
      found = known.get(person);
    }
    return found == null ? Optional.empty() : found.key();
  }

  /**
   * All keys, as the topic had them at this moment.
   *
   * @throws TimeoutException if the broker does not answer within half a minute
   */
  public Map<PersonId, Known> all() {
    awaitEnd();
    return Map.copyOf(known);
  }

  /**
   * @throws BrokenSealException if there are keys and the master keys here open none of the first
   * @throws TimeoutException if the broker does not answer within half a minute
   */
  public void requireOpenable() {
    awaitEnd();
    known.entrySet().stream()
        .filter(entry -> entry.getValue().key().isEmpty())
        .findFirst()
        .ifPresent(
            entry -> PersonKeyRecords.unwrap(entry.getKey(), entry.getValue().record(), masters));
  }

  private void awaitEnd() {
    lock.lock();
    try {
      long mine = ++asked;
      long nanos = PATIENCE.toNanos();
      while (answered < mine) {
        if (nanos <= 0 || closing) {
          throw new TimeoutException("The keys of people could not be read to their end");
        }
        nanos = reached.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    try {
      while (!closing) {
        try {
          step();
        } catch (WakeupException | InterruptException e) {
          return;
        } catch (KafkaException e) {
          LOG.warn("Following the keys of people: {}", e.toString());
          pause();
        }
      }
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  private void step() {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.PERSON_KEYS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }
    long question = question();
    if (question > 0) {
      var ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(this::take);
      }
      answer(question);
    } else {
      consumer.poll(POLL).forEach(this::take);
    }
  }

  private long question() {
    lock.lock();
    try {
      return asked > answered ? asked : 0;
    } finally {
      lock.unlock();
    }
  }

  private void answer(long question) {
    lock.lock();
    try {
      answered = question;
      reached.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null || record.key().isBlank()) {
      return;
    }
    PersonId person = new PersonId(record.key());
    PersonKey wrapped = read(record);
    if (wrapped == null) {
      known.remove(person);
    } else {
      known.put(person, new Known(wrapped, unwrapped(person, wrapped)));
    }
  }

  /** Damaged is as good as gone: fails closed. */
  private static @Nullable PersonKey read(ConsumerRecord<String, byte[]> record) {
    try {
      return Topics.PERSON_KEYS.decode(record);
    } catch (UnreadableRecordException e) {
      LOG.warn("The key of a person cannot be read: {}", e.getMessage());
      return null;
    }
  }

  private Optional<DataKey> unwrapped(PersonId person, PersonKey wrapped) {
    try {
      return Optional.of(PersonKeyRecords.unwrap(person, wrapped, masters));
    } catch (BrokenSealException e) {
      // It may be superseded by the next record; whoever needs it is told.
      LOG.debug("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
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
