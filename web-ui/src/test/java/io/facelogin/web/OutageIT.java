package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The database goes and comes back; nothing is lost and nobody has to help. */
class OutageIT {

  @Test
  void databaseAwayAndBackLosesNoDecisionAndNeedsNoRestart() throws Exception {
    try (TestSite site =
            new TestSite(
                () -> {
                  throw new IllegalStateException("not needed here");
                });
        TestMatcher matcher = new TestMatcher(site.kafka());
        TestPipeline pipeline = new TestPipeline(site.kafka());
        Gate gate = new Gate(URI.create(site.database().jdbcUrl().substring(5)).getPort())) {
      DatabaseConnection through =
          new DatabaseConnection(
              "jdbc:postgresql://localhost:" + gate.port() + "/postgres", "postgres", "");
      WebUi web =
          new WebUi(
              TestSite.settings(),
              site.kafka(),
              through,
              () -> {
                throw new IllegalStateException("not needed here");
              },
              new SimpleMeterRegistry());
      web.start();
      try {
        Client admin = new Client(web.url(), TestSite.RUN_TOKEN);
        awaitTotal(admin, 0);
        Awaitility.await().until(() -> web.health().isReady());

        gate.shut();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !web.health().isReady());
        assertThat(web.health().message()).contains("database");
        Client.Answer people = admin.get("/api/v1/people");
        assertThat(people.status()).as(people.text()).isEqualTo(503);
        assertThat(people.json().path("detail").asString()).contains("database");
        Client stranger = new Client(web.url(), "");
        assertThat(new Client(web.url(), "unknown").get("/api/v1/people").status()).isEqualTo(503);
        assertThat(stranger.get("/").status()).isEqualTo(200);
        assertThat(stranger.get("/admin?token=x").status()).isEqualTo(503);
        assertThat(stranger.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(stranger.get("/actuator/health/liveness").status()).isEqualTo(200);
        try (Browser page = Browser.open(stranger, web.url(), "login")) {
          byte[] jpeg = new byte[1_000];
          jpeg[0] = (byte) 0xff;
          jpeg[1] = (byte) 0xd8;
          jpeg[2] = (byte) 0xff;
          FrameRef frame = pipeline.frameShownBy(page, jpeg).getRef();
          publishFaceless(pipeline, page.camera(), frame);
          assertThat(page.next("decision").path("outcome").asString()).isEqualTo("UNKNOWN");
        }
        publishFaceless(
            pipeline,
            "hall",
            FrameRef.newBuilder()
                .setCameraId("hall")
                .setSequence(1)
                .setPurpose(Purpose.WATCH)
                .build());

        gate.open();
        awaitTotal(admin, 2);
        assertThat(matcher.people()).isZero();
        Awaitility.await().until(() -> web.health().isReady());
      } finally {
        web.close();
      }
    }
  }

  private static void publishFaceless(TestPipeline pipeline, String camera, FrameRef frame) {
    pipeline.publish(
        Topics.EMBEDDINGS,
        camera,
        Embeddings.newBuilder().setFrame(frame).addProblems(Reason.NO_FACE).build());
  }

  private static void awaitTotal(Client admin, int total) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              Client.Answer answer = admin.get("/api/v1/decisions");
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.json().path("total").asInt()).isEqualTo(total);
            });
  }

  @Test
  void databaseThatIsNotThereIsSaidPlainly() {
    WebUi web =
        new WebUi(
            TestSite.settings(),
            io.facelogin.contract.kafka.KafkaConnection.to("localhost:1"),
            new DatabaseConnection("jdbc:postgresql://localhost:1/none", "nobody", ""),
            () -> {
              throw new IllegalStateException("not needed here");
            },
            new SimpleMeterRegistry());
    assertThatThrownBy(web::start)
        .isInstanceOf(WebUnavailableException.class)
        .hasMessageContaining("jdbc:postgresql://localhost:1/none")
        .hasMessageContaining("--database");
  }
}
