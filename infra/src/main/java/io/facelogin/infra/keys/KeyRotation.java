package io.facelogin.infra.keys;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.kafka.PersonKeyReader.Known;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.MasterKeyFile;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.infra.OutsideMissingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Puts a new master key before the others and has the matcher wrap everybody's key by it: it alone
 * writes those keys, in the order of enrolments and erasures, so that nobody erased meanwhile comes
 * back. The older keys stay in the file until they are forgotten; so whatever is interrupted can be
 * gone on with.
 */
public final class KeyRotation {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;
  private final KafkaConnection kafka;
  private final MasterKeys masters;

  /**
   * @param kafka with the master keys of the file
   */
  public KeyRotation(Path file, KafkaConnection kafka) {
    this.file = file;
    this.kafka = kafka;
    this.masters = kafka.masterKeysOrThrow();
  }

  /**
   * @param masterKey id of the one that seals now
   * @param wrapped how many keys of people it wraps that another wrapped before
   */
  public record Done(String masterKey, int wrapped) {}

  /**
   * @throws OutsideMissingException if no matcher does it
   */
  public Done rotate() throws InterruptedException {
    try (PersonKeyReader keys = PersonKeyReader.ofCommitted(kafka)) {
      // Interrupted before: the newest key is not everybody's yet, and is gone on with.
      if (masters.ids().size() == 1 || older(keys).isEmpty()) {
        MasterKeyFile.add(file);
        masters.refresh();
        // Keys that are made meanwhile may still be wrapped by the one before, and must count.
        Thread.sleep(MasterKeys.LOOK_EVERY.toMillis());
      }
      Map<PersonId, Known> older = older(keys);
      order(older);
      int waiting = older.size();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (waiting > 0) {
        Thread.sleep(LOOK.toMillis());
        int now = older(keys).size();
        if (now < waiting) {
          end = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() > end) {
          throw new OutsideMissingException(
              waiting
                  + " keys of people are not wrapped by the new master key yet, and no matcher goes"
                  + " on with it. See that it runs and has "
                  + file
                  + ", then run this again.");
        }
        waiting = now;
      }
      return new Done(masters.currentId(), older.size());
    }
  }

  /**
   * @return ids of those taken out; empty if somebody's key is wrapped by one of them still
   */
  public Optional<List<String>> forgetOlder() {
    try (PersonKeyReader keys = PersonKeyReader.ofCommitted(kafka)) {
      return older(keys).isEmpty()
          ? Optional.of(MasterKeyFile.forgetOlder(file))
          : Optional.empty();
    }
  }

  private Map<PersonId, Known> older(PersonKeyReader keys) {
    return keys.all().entrySet().stream()
        .filter(
            key -> !PersonKeyRecords.wrappedBy(key.getValue().record()).equals(masters.currentId()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void order(Map<PersonId, Known> older) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
      older.forEach(
          (person, key) -> {
            EnrolmentCommand command =
                EnrolmentCommand.newBuilder()
                    .setCommandId(UUID.randomUUID().toString())
                    .setPersonId(person.value())
                    .setRewrap(
                        EnrolmentCommand.Rewrap.newBuilder()
                            .setMadeAtUs(key.record().getMadeAtUs())
                            .setMasterKeyId(masters.currentId()))
                    .build();
            producer.send(
                new ProducerRecord<>(
                    Topics.ENROLMENTS.name(), person.value(), command.toByteArray()));
          });
      producer.flush();
    }
  }
}
