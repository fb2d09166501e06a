package io.facelogin.infra.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.stage.Health;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthServerTest {

  private final AtomicReference<Health> health = new AtomicReference<>(Health.ready());

  @Test
  void aStageInTroubleIsAliveButNotReady() throws Exception {
    try (Meters meters = new Meters();
        HealthServer server = HealthServer.start("127.0.0.1", 0, health::get, meters.registry())) {
      assertThat(ask(server, "health/readiness").statusCode()).isEqualTo(200);

      health.set(Health.troubled("waits for Kafka at kafka:9092"));
      assertThat(ask(server, "health/liveness").statusCode()).isEqualTo(200);
      HttpResponse<String> readiness = ask(server, "health/readiness");
      assertThat(readiness.statusCode()).isEqualTo(503);
      assertThat(readiness.body()).contains("waits for Kafka at kafka:9092");

      health.set(Health.failed("disk full"));
      assertThat(ask(server, "health/liveness").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void metricsAreInPrometheusFormat() throws Exception {
    try (Meters meters = new Meters();
        HealthServer server = HealthServer.start("127.0.0.1", 0, health::get, meters.registry())) {
      meters.registry().counter("detector.frames.received").increment(3);
      assertThat(ask(server, "prometheus").body())
          .contains("detector_frames_received_total 3.0")
          .contains("jvm_memory_used_bytes");
    }
  }

  private static HttpResponse<String> ask(HealthServer server, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + "/actuator/" + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
