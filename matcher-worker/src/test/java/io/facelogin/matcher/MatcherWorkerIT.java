package io.facelogin.matcher;

import static io.facelogin.matcher.TestFaces.like;
import static io.facelogin.matcher.TestFaces.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.stage.Stage;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.matcher.kafka.PipelineClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Matchers on a real broker. */
class MatcherWorkerIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static final IndexSettings ANNOY =
      IndexSettings.defaults().withMode(IndexSettings.Mode.ANNOY);

  @TempDir Path folder;
  private EmbeddedKafkaKraftBroker broker;
  private KafkaConnection kafka;
  private PipelineClient client;

  @BeforeEach
  void startBroker() {
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperties(
        Map.of(
            "auto.create.topics.enable", "false",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "2",
            "transaction.state.log.num.partitions", "2",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "group.initial.rebalance.delay.ms", "0"));
    broker.afterPropertiesSet();
    kafka = KafkaConnection.to(broker.getBrokersAsString()).withMasterKeys(MasterKeys.passing());
    client = new PipelineClient(kafka);
  }

  @AfterEach
  void stopBroker() {
    client.close();
    broker.destroy();
  }

  @Test
  void enrolsIdentifiesRestartsAndRebuildsWhatWasDeleted() throws Exception {
    try (Stage matcher = start("one")) {
      assertThat(matcher.health().isReady()).isTrue();
      EnrolmentResult enrolled = client.enrol("ann", 1);
      assertThat(enrolled.getAccepted()).isTrue();
      assertThat(client.identify(like(person(1), 0.8, 1)).getPersonId()).isEqualTo("ann");
      assertThat(client.identify(like(person(5), 0.8, 1)).getReasonsList())
          .containsExactly(Reason.NOT_ENROLLED);
    }

    Instant restarted = Instant.now();
    try (Stage matcher = start("one")) {
      assertThat(matcher.health().isReady()).isTrue();
      assertThat(Duration.between(restarted, Instant.now())).isLessThan(Duration.ofSeconds(30));
      assertThat(client.identify(like(person(1), 0.8, 2)).getPersonId()).isEqualTo("ann");
      assertThat(client.enrol("ann-again", 1).getDuplicateOfPersonId()).isEqualTo("ann");
    }

    delete(folder.resolve("one").resolve("gallery"));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Stage matcher = start(settings("one").withIndex(ANNOY), registry)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(registry.get(MatcherMetrics.INDEXED).gauge().value()).isEqualTo(3));
      assertThat(matcher.health().isReady()).isTrue();
      assertThat(client.identify(like(person(1), 0.8, 3)).getPersonId()).isEqualTo("ann");
    }

    Path data = folder.resolve("one").resolve("gallery").resolve("data.mdb");
    Files.write(data, new byte[10_000]);
    try (Stage matcher = start("one")) {
      assertThat(matcher.health().isReady()).isTrue();
      assertThat(folder.resolve("one").resolve("gallery.damaged")).exists();
      assertThat(client.identify(like(person(1), 0.8, 4)).getPersonId()).isEqualTo("ann");
      EnrolmentResult erased = client.erase("ann");
      assertThat(erased.getTemplateIdsList()).hasSize(3);
      assertThat(client.identify(like(person(1), 0.8, 5)).getOutcome()).isEqualTo(Outcome.UNKNOWN);
    }
  }

  @Test
  void twoMatchersShareTheCamerasOfOneBrokerAndBothKnowEverybody() throws Exception {
    SimpleMeterRegistry first = new SimpleMeterRegistry();
    SimpleMeterRegistry second = new SimpleMeterRegistry();
    Stage one = start("one", first);
    try (Stage two = start("two", second)) {
      client.enrol("ann", 1);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                for (int i = 0; i < 20; i++) {
                  Decision decision = client.identify(like(person(1), 0.8, i));
                  assertThat(decision.getPersonId()).isEqualTo("ann");
                }
                assertThat(first.counter(MatcherMetrics.EMBEDDINGS_RECEIVED).count())
                    .isGreaterThan(3);
                assertThat(second.counter(MatcherMetrics.EMBEDDINGS_RECEIVED).count())
                    .isGreaterThan(3);
              });
      seenByBothWhileProbesCome(first, second);
      one.close();
      for (int i = 0; i < 5; i++) {
        assertThat(client.identify(like(person(1), 0.8, 900 + i)).getPersonId())
            .as("the other takes over")
            .isEqualTo("ann");
      }
      assertThat(two.health().isAlive()).isTrue();
    } finally {
      one.close();
    }
  }

  /** How long it took is published by each matcher; here only that both see every change. */
  private void seenByBothWhileProbesCome(SimpleMeterRegistry first, SimpleMeterRegistry second)
      throws Exception {
    int changes = 0;
    Thread cameras = new Thread(this::twentyCameras, "twenty-cameras");
    cameras.start();
    for (int someone = 20; someone < 24; someone++) {
      assertThat(client.enrol("p" + someone, someone).getAccepted()).isTrue();
      client.identify(like(person(1), 0.8, 50 + someone));
      assertThat(client.erase("p" + someone).getAccepted()).isTrue();
      changes += 6;
    }
    cameras.interrupt();
    cameras.join();
    int expected = changes;
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              for (SimpleMeterRegistry each : List.of(first, second)) {
                assertThat(each.get(MatcherMetrics.PEOPLE).gauge().value()).isEqualTo(1);
                assertThat(each.get(MatcherMetrics.GALLERY_VISIBLE).timer().count())
                    .isGreaterThanOrEqualTo(expected);
              }
            });
    for (SimpleMeterRegistry each : List.of(first, second)) {
      System.out.printf(
          "Changes of the gallery were visible within %.0f ms on average, %.0f ms at most%n",
          each.get(MatcherMetrics.GALLERY_VISIBLE).timer().mean(TimeUnit.MILLISECONDS),
          each.get(MatcherMetrics.GALLERY_VISIBLE).timer().max(TimeUnit.MILLISECONDS));
    }
  }

  /** Five frames a second of each, two people in every one, until interrupted. */
  private void twentyCameras() {
    try {
      for (long frame = 0; ; frame++) {
        for (int camera = 0; camera < 20; camera++) {
          client.watch("site-" + camera, frame, person(camera), person(camera + 1));
        }
        Thread.sleep(200);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Stage start(String workerId) {
    return start(workerId, new SimpleMeterRegistry());
  }

  private Stage start(String workerId, SimpleMeterRegistry registry) {
    return start(settings(workerId), registry);
  }

  private MatcherSettings settings(String workerId) {
    return MatcherSettings.defaults().withWorkerId(workerId).withDataFolder(folder);
  }

  private Stage start(MatcherSettings settings, SimpleMeterRegistry registry) {
    Stage matcher = new MatcherWorker(settings, kafka, TestFaces.manifest(), registry);
    assertThat(matcher.health().state()).isEqualTo(Health.State.STARTING);
    matcher.start();
    await().atMost(SOON).until(() -> matcher.health().isReady());
    return matcher;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
