package io.facelogin.matcher;

import static io.facelogin.matcher.TestFaces.like;
import static io.facelogin.matcher.TestFaces.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.stage.Health.State;
import io.facelogin.contract.stage.Stage;
import io.facelogin.matcher.kafka.PipelineClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away for longer than the group's session, and comes back. */
class BrokerOutageIT {

  private static final Duration AWAY = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  void aMatcherWaitsForTheBrokerSaysSoAndGoesOnByItself() throws Exception {
    try (RestartableBroker broker = new RestartableBroker(folder.resolve("kafka"));
        Stage matcher =
            new MatcherWorker(
                MatcherSettings.defaults().withDataFolder(folder.resolve("matcher")),
                broker.connection(),
                TestFaces.manifest(),
                new SimpleMeterRegistry())) {
      matcher.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> matcher.health().isReady());
      try (PipelineClient client = new PipelineClient(broker.connection())) {
        assertThat(client.enrol("ann", 1).getAccepted()).isTrue();
      }

      broker.goAway();
      Instant back = Instant.now().plus(AWAY);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> matcher.health().state() == State.TROUBLED);
      assertThat(matcher.health().message()).contains("broker");
      await()
          .atMost(AWAY.plusSeconds(5))
          .until(() -> !matcher.health().isAlive() || Instant.now().isAfter(back));
      assertThat(matcher.health().isAlive()).isTrue();

      broker.comeBack();
      await().atMost(Duration.ofSeconds(90)).until(() -> matcher.health().isReady());
      try (PipelineClient client = new PipelineClient(broker.connection())) {
        assertThat(client.identify(like(person(1), 0.8, 1)).getPersonId()).isEqualTo("ann");
        assertThat(client.enrol("bob", 2).getAccepted()).isTrue();
        assertThat(client.identify(like(person(2), 0.8, 1)).getPersonId()).isEqualTo("bob");
      }
    }
  }
}
