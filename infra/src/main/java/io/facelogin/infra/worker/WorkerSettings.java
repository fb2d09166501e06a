package io.facelogin.infra.worker;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.stages.PipelineSettings;
import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.WebSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Every setting of a single worker.
 *
 * @param database only the web stage needs one
 * @param dataDirectory the matcher's gallery and index, and weights that were fetched
 * @param healthHost address of the endpoint for health and metrics; the web stage has its own
 * @param healthPort of that endpoint, 0 takes any free one
 * @param brokerLimit how long to wait at start for a broker that does not answer
 */
public record WorkerSettings(
    StageName stage,
    KafkaConnection kafka,
    Optional<DatabaseConnection> database,
    Path dataDirectory,
    PipelineSettings pipeline,
    WebSettings web,
    String healthHost,
    int healthPort,
    Duration brokerLimit) {

  public static final Duration DEFAULT_BROKER_LIMIT = Duration.ofMinutes(2);

  public WorkerSettings {
    if (healthPort < 0 || healthPort > 65_535) {
      throw new IllegalArgumentException("health-port must be 0 to 65535, got " + healthPort);
    }
  }
}
