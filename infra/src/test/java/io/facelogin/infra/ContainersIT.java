package io.facelogin.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.stages.Broker;
import io.facelogin.infra.stages.Meters;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.infra.stages.Stages;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import io.facelogin.web.WebUi;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The images of the compose file, where the machine can run them. */
@Testcontainers(disabledWithoutDocker = true)
class ContainersIT {

  @Container private final KafkaContainer kafka = new KafkaContainer("apache/kafka:4.1.2");

  @Container private final PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:18");

  @TempDir Path folder;

  @Test
  void webStageRunsOnTheKafkaAndPostgresOfTheComposeFile() throws Exception {
    KafkaConnection connection = KafkaConnection.to(kafka.getBootstrapServers());
    assertThat(Broker.prepare(connection, Duration.ofMinutes(1), line -> {})).isEqualTo((short) 1);
    DatabaseConnection database =
        new DatabaseConnection(
            postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    try (Meters meters = new Meters();
        Networks networks = new Networks(PipelineSettings.defaults(), folder);
        WebUi web =
            new Stages(PipelineSettings.defaults(), connection, networks, meters.registry())
                .web(WebSettings.defaults().withPort(0), database)) {
      web.start();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> web.health().isReady());
    }
  }
}
