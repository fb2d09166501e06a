package io.facelogin.infra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import io.facelogin.contract.kafka.TopicSetup;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotations that do not get through: nothing is lost, and they can be gone on with. */
class KeyRotationIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int PEOPLE = 20;
  private static final int BEFORE_IT_STOPS = 7;

  @TempDir private Path folder;
  private final Map<PersonId, DataKey> people = new HashMap<>();
  private Path file;
  private String oldMaster;
  private EmbeddedKafka broker;
  private WrappingMatcher matcher;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("master.key");
    oldMaster = MasterKeys.readOrMake(file).currentId();
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    TopicSetup.createMissing(broker.connection(), (short) 1);
    for (int i = 0; i < PEOPLE; i++) {
      people.put(new PersonId("person-" + i), DataKey.fresh());
    }
    matcher = new WrappingMatcher(kafka(), people);
    matcher.begin();
    people.keySet().forEach(matcher::wrap);
    matcher.commit();
  }

  @AfterEach
  void stop() {
    matcher.close();
    broker.close();
  }

  @Test
  void brokenOffInTheMiddleItIsGoneOnWithAndNeitherKeyIsForgottenBefore() throws Exception {
    Thread[] running = new Thread[1];
    FutureTask<KeyRotation.Done> brokenOff = rotate(running);
    matcher.awaitOrders(PEOPLE);
    matcher.begin();
    matcher.take(BEFORE_IT_STOPS);
    matcher.commit();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(wrappedBy()).containsValue((long) BEFORE_IT_STOPS).hasSize(2));
    running[0].interrupt();
    assertThatThrownBy(brokenOff::get).isInstanceOf(ExecutionException.class);
    List<String> both = MasterKeys.read(file).ids();
    assertThat(both).hasSize(2).endsWith(oldMaster);
    everybodysKeyIsOpened();
    assertThat(new KeyRotation(file, kafka()).forgetOlder()).as("not yet").isEmpty();
    assertThat(MasterKeys.read(file).ids()).isEqualTo(both);

    FutureTask<KeyRotation.Done> again = rotate(running);
    matcher.begin();
    matcher.take(2 * (PEOPLE - BEFORE_IT_STOPS)); // what it still had to do, and the same again
    matcher.commit();
    assertThat(again.get()).isEqualTo(new KeyRotation.Done(both.get(0), PEOPLE - BEFORE_IT_STOPS));
    assertThat(new KeyRotation(file, kafka()).forgetOlder()).contains(List.of(oldMaster));
    assertThat(MasterKeys.read(file).ids()).containsExactly(both.get(0));
    everybodysKeyIsOpened();
  }

  @Test
  void whatAKilledMatcherDidNotCommitDoesNotCountAsWrapped() throws Exception {
    FutureTask<KeyRotation.Done> rotation = rotate(new Thread[1]);
    matcher.begin();
    matcher.take(PEOPLE);
    assertThat(new KeyRotation(file, kafka()).forgetOlder()).as("not yet committed").isEmpty();
    matcher.abort();
    assertThat(new KeyRotation(file, kafka()).forgetOlder()).as("taken back").isEmpty();
    assertThat(MasterKeys.read(file).ids()).hasSize(2).endsWith(oldMaster);
    everybodysKeyIsOpened();

    matcher.begin();
    matcher.fromTheBeginning();
    matcher.take(PEOPLE);
    matcher.commit();
    assertThat(rotation.get().wrapped()).isEqualTo(PEOPLE);
    assertThat(new KeyRotation(file, kafka()).forgetOlder()).contains(List.of(oldMaster));
    everybodysKeyIsOpened();
  }

  private FutureTask<KeyRotation.Done> rotate(Thread[] running) {
    FutureTask<KeyRotation.Done> rotation =
        new FutureTask<>(() -> new KeyRotation(file, kafka()).rotate());
    running[0] = new Thread(rotation, "rotation");
    running[0].start();
    return rotation;
  }

  /** As a process that starts now sees it. */
  private KafkaConnection kafka() {
    return broker.connection().withMasterKeys(MasterKeys.read(file));
  }

  private Map<String, Long> wrappedBy() {
    return KeyInventory.of(kafka()).peopleByMasterKey();
  }

  private void everybodysKeyIsOpened() {
    try (PersonKeyReader keys = new PersonKeyReader(kafka())) {
      people.forEach(
          (person, key) ->
              assertThat(keys.find(person).map(DataKey::id)).as(person.value()).contains(key.id()));
    }
  }
}
