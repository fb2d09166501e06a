package io.facelogin.infra.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.SiteClient;
import io.facelogin.infra.TestFaces;
import io.facelogin.infra.TestFaces.Person;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A whole site in this process: real broker, real database, real networks, real faces. */
class SiteIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir static Path folder;

  @Test
  void namesWhoIsEnrolledOnItsCamerasAndForgetsWhoIsErased() throws Exception {
    Path ada = TestFaces.clip(Person.ADA, 1, 4, folder.resolve("ada.mp4"));
    Path stranger = TestFaces.clip(Person.STRANGER, 0, 4, folder.resolve("stranger.mp4"));
    Path data = folder.resolve("data");
    SiteSettings settings =
        SiteSettings.onAnyPort(data).withCameras(List.of(ada.toString(), stranger.toString()));
    String adasId;

    try (Site site = Site.start(settings)) {
      assertThat(site.health().values()).allMatch(health -> health.isReady());
      SiteClient client = new SiteClient(site.url(), site.runToken());
      await("cameras are live")
          .atMost(SOON)
          .until(() -> stream(client.get("/api/v1/cameras")).filter(SiteIT::isLive).count() == 2);
      // Both are looked at before anybody is enrolled.
      await("faces are found")
          .atMost(SOON)
          .until(() -> cameras(client.decisions()).containsAll(List.of("ada", "stranger")));

      adasId = client.enrol("Ada", TestFaces.photograph(Person.ADA, 0)).get("id").asString();
      await("her camera names her")
          .atMost(SOON)
          .until(() -> stream(client.decisions()).anyMatch(one -> isOf(one, "ada", "Ada")));
      assertThat(decision(client, Person.STRANGER, 0)).isEqualTo("UNKNOWN");
      assertThat(stream(client.decisions()).filter(one -> camera(one).equals("stranger")))
          .noneMatch(one -> one.get("outcome").asString().equals("ACCEPTED"));

      assertThat(ServerFile.find(data))
          .hasValueSatisfying(
              file -> {
                assertThat(file.url()).isEqualTo(site.url());
                assertThat(file.token()).isEqualTo(site.runToken());
              });
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("run/server.json"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> Site.start(settings))
          .isInstanceOf(OutsideMissingException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
    }
    assertThat(ServerFile.find(data)).isEmpty();

    try (Site site = Site.start(SiteSettings.onAnyPort(data))) {
      SiteClient client = new SiteClient(site.url(), site.runToken());
      assertThat(decision(client, Person.ADA, 1)).isEqualTo("ACCEPTED");
      assertThat(stream(client.get("/api/v1/cameras"))).hasSize(2);

      client.delete("/api/v1/people/" + adasId);
      assertThat(decision(client, Person.ADA, 1)).isEqualTo("UNKNOWN");
      assertThat(client.get("/api/v1/people").get("total").asInt()).isZero();
    }
  }

  @Test
  void saysWhatToDoAboutAPortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SiteSettings settings =
          new SiteSettings(
              folder.resolve("other"),
              "127.0.0.1",
              taken.getLocalPort(),
              List.of(),
              SiteSettings.defaults().pipeline(),
              SiteSettings.defaults().transport(),
              SiteSettings.onAnyPort(folder.resolve("other")).tokens(),
              SiteSettings.defaults().access(),
              true,
              SiteSettings.defaults().retention(),
              SiteSettings.defaults().options(),
              java.util.Optional.empty());
      assertThatThrownBy(() -> Site.start(settings))
          .isInstanceOf(OutsideMissingException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port");
    }
    // Nothing of the failed start holds the folder.
    DataDirectory.take(folder.resolve("other")).close();
  }

  private static String decision(SiteClient client, Person person, int photograph)
      throws Exception {
    return client.identify(TestFaces.photograph(person, photograph)).get("decision").asString();
  }

  private static boolean isLive(JsonNode camera) {
    return camera.get("state").asString().equals("LIVE");
  }

  private static boolean isOf(JsonNode decision, String camera, String person) {
    return camera(decision).equals(camera)
        && decision.get("outcome").asString().equals("ACCEPTED")
        && decision.get("person").get("name").asString().equals(person);
  }

  private static List<String> cameras(JsonNode decisions) {
    return stream(decisions).map(SiteIT::camera).toList();
  }

  private static String camera(JsonNode decision) {
    return decision.get("cameraName").asString();
  }

  private static Stream<JsonNode> stream(JsonNode answer) {
    JsonNode list = answer.has("decisions") ? answer.get("decisions") : answer;
    return StreamSupport.stream(list.spliterator(), false);
  }
}
