package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Box;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import io.facelogin.contract.v1.CameraStatus;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Browsers on a real broker and database; detector, encoder and matcher are played by the test. */
class LiveIT {

  private static final byte[] JPEG = jpeg();

  private static TestSite site;
  private static TestMatcher matcher;
  private static TestPipeline pipeline;
  private static WebUi web;

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("weights of mtcnn are missing");
            });
    matcher = new TestMatcher(site.kafka());
    pipeline = new TestPipeline(site.kafka());
    web = site.web(TestSite.settings());
    web.start();
    Awaitility.await().until(() -> web.health().isReady());
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    pipeline.close();
    matcher.close();
    site.close();
  }

  private static byte[] jpeg() {
    byte[] bytes = new byte[20_000];
    bytes[0] = (byte) 0xff;
    bytes[1] = (byte) 0xd8;
    bytes[2] = (byte) 0xff;
    return bytes;
  }

  private static Client stranger() {
    return new Client(web.url(), "");
  }

  private static Client administrator() throws Exception {
    Client client = stranger();
    Client.Answer answer = client.get("/admin?token=" + TestSite.RUN_TOKEN);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).endsWith("/site");
    return client;
  }

  private static EmbeddedFace face(float yawDegrees, float pitchDegrees, int who) {
    float[] vector = new float[4];
    vector[who] = 1;
    EmbeddedFace.Builder face =
        EmbeddedFace.newBuilder()
            .setTrackId(7)
            .setBox(Box.newBuilder().setX1(1).setY1(2).setX2(101).setY2(102))
            .setQuality(
                Quality.newBuilder()
                    .setOverall(0.9f)
                    .setYawDegrees(yawDegrees)
                    .setPitchDegrees(pitchDegrees));
    for (float value : vector) {
      face.addVector(value);
    }
    return face.build();
  }

  private static Embeddings embeddings(Frame frame, EmbeddedFace face) {
    return Embeddings.newBuilder()
        .setFrame(frame.getRef())
        .setModelId("test")
        .addFaces(face)
        .build();
  }

  /** Enrols by the page with one frame for each pose. */
  private static JsonNode enrol(Browser browser, String name, int who) throws Exception {
    browser.say("{\"type\":\"person\",\"name\":\"" + name + "\",\"mail\":\"\",\"consent\":true}");
    float[][] poses = {{0, 0}, {20, 0}, {-20, 0}, {0, 12}, {0, -12}};
    long capturedUs = 0;
    for (float[] pose : poses) {
      Frame frame = pipeline.frameShownBy(browser, JPEG);
      assertThat(frame.getRef().getPurpose()).isEqualTo(Purpose.ENROL);
      capturedUs = Math.max(frame.getRef().getCapturedAtUs(), capturedUs + 200_000);
      FrameRef later = frame.getRef().toBuilder().setCapturedAtUs(capturedUs).build();
      pipeline.publish(
          Topics.EMBEDDINGS,
          browser.camera(),
          embeddings(frame, face(pose[0], pose[1], who)).toBuilder().setFrame(later).build());
    }
    return browser.next("enrolled");
  }

  private static void erase(JsonNode enrolled) throws Exception {
    Client admin = new Client(web.url(), TestSite.RUN_TOKEN);
    String id = enrolled.path("person").path("id").asString();
    assertThat(admin.delete("/api/v1/people/" + id).status()).isEqualTo(200);
  }

  @Test
  void personEnrolsLogsInIsGreetedAndForgottenWhenErased() throws Exception {
    JsonNode enrolled;
    try (Browser page = Browser.open(stranger(), web.url(), "enrol")) {
      enrolled = enrol(page, "Ada", 0);
      assertThat(enrolled.path("accepted").asBoolean()).as(enrolled.toString()).isTrue();
      assertThat(enrolled.path("person").path("name").asString()).isEqualTo("Ada");
    }
    Client visitor = stranger();
    assertThat(visitor.get("/welcome").status()).isEqualTo(302);
    try (Browser watcher = Browser.open(administrator(), web.url(), "site");
        Browser page = Browser.open(visitor, web.url(), "login")) {
      Frame frame = pipeline.frameShownBy(page, JPEG);
      assertThat(frame.getRef().getPurpose()).isEqualTo(Purpose.LOGIN);
      assertThat(frame.getJpeg().size()).isEqualTo(JPEG.length);
      pipeline.publish(
          Topics.FACES,
          page.camera(),
          Faces.newBuilder()
              .setFrame(frame.getRef().toBuilder().setWidthPx(640).setHeightPx(480))
              .addFaces(FaceCrop.newBuilder().setTrackId(7))
              .build());
      assertThat(page.next("faces").path("widthPx").asInt()).isEqualTo(640);
      pipeline.publish(Topics.EMBEDDINGS, page.camera(), embeddings(frame, face(0, 0, 0)));

      JsonNode decision = page.next("decision");
      assertThat(decision.path("outcome").asString()).isEqualTo("ACCEPTED");
      assertThat(decision.path("person").path("name").asString()).isEqualTo("Ada");
      assertThat(watcher.next("decision").path("person").path("name").asString()).isEqualTo("Ada");
      assertThat(watcher.seen("faces")).isZero();
      Client.Answer picture =
          administrator().get("/api/v1/cameras/" + page.camera() + "/picture.jpg");
      assertThat(picture.status()).isEqualTo(404);
    }
    Client.Answer welcome = visitor.get("/welcome");
    assertThat(welcome.status()).isEqualTo(200);
    assertThat(welcome.text()).contains("Ada");
    // A face opens no door to administration.
    assertThat(visitor.get("/api/v1/people").status()).isEqualTo(403);
    erase(enrolled);
    assertThat(visitor.get("/welcome").status()).isEqualTo(302);
  }

  @Test
  void onlyADecisionOfTheLivingSessionOpensItAndOnlyOnce() throws Exception {
    JsonNode enrolled;
    try (Browser page = Browser.open(stranger(), web.url(), "enrol")) {
      enrolled = enrol(page, "Grace", 2);
    }
    String person = enrolled.path("person").path("id").asString();
    Client visitor = stranger();
    FrameRef earlier;
    try (Browser page = Browser.open(stranger(), web.url(), "login")) {
      earlier = pipeline.frameShownBy(page, JPEG).getRef();
    }
    try (Browser watcher = Browser.open(administrator(), web.url(), "site");
        Browser page = Browser.open(visitor, web.url(), "login")) {
      FrameRef own = pipeline.frameShownBy(page, JPEG).getRef();
      List<Decision> useless =
          List.of(
              accepted(person, earlier, 1),
              accepted(person, earlier.toBuilder().setSessionId(own.getSessionId()).build(), 1),
              accepted(person, own.toBuilder().setSessionId(earlier.getSessionId()).build(), 1),
              accepted(person, own.toBuilder().setPurpose(Purpose.WATCH).build(), 1),
              accepted(person, own.toBuilder().setCapturedAtUs(1).build(), 2),
              accepted(person, own.toBuilder().setSequence(50).build(), 3));
      for (Decision decision : useless) {
        pipeline.publish(Topics.DECISIONS, page.camera(), decision);
        // Site pages are told of every decision, so this one has been looked at.
        watcher.next("decision");
      }
      assertThat(page.seen("decision")).isZero();
      assertThat(visitor.get("/welcome").status()).isEqualTo(302);

      pipeline.publish(Topics.DECISIONS, page.camera(), accepted(person, own, 4));
      assertThat(page.next("decision").path("person").path("name").asString()).isEqualTo("Grace");
      assertThat(visitor.get("/welcome").status()).isEqualTo(200);
      watcher.next("decision");
      pipeline.publish(Topics.DECISIONS, page.camera(), accepted(person, own, 4));
      watcher.next("decision");
      assertThat(page.seen("decision")).isEqualTo(1);
      assertThat(stranger().get("/actuator/prometheus").text())
          .containsPattern("web_decisions_not_used_total [1-9]");
    }
    erase(enrolled);
  }

  private static Decision accepted(String person, FrameRef frame, int revision) {
    return Decision.newBuilder()
        .setDecisionId(java.util.UUID.randomUUID().toString())
        .setFrame(frame)
        .setTrackId(7)
        .setRevision(revision)
        .setOutcome(Outcome.ACCEPTED)
        .addReasons(Reason.MATCHED)
        .setPersonId(person)
        .setCosineSimilarity(0.9f)
        .build();
  }

  @Test
  void whereNoFrameIsScoredThePageAsksForAChallengeThatEachFrameCarries() throws Exception {
    try (Browser page = Browser.open(stranger(), web.url(), "login")) {
      Frame frame = pipeline.frameShownBy(page, JPEG);
      assertThat(frame.getRef().hasChallenge()).isFalse();
      for (int i = 0; i < 5; i++) {
        pipeline.publish(
            Topics.FACES,
            page.camera(),
            Faces.newBuilder()
                .setFrame(frame.getRef())
                .addFaces(FaceCrop.newBuilder().setTrackId(7))
                .build());
      }
      JsonNode challenge = page.next("challenge");
      assertThat(challenge.path("acts").size()).isEqualTo(2);
      assertThat(challenge.path("wanted").asString()).isEqualTo("LOOK_STRAIGHT");
      assertThat(challenge.path("why").asString()).isEqualTo("UNCHECKED");
      FrameRef next = pipeline.frameShownBy(page, JPEG).getRef();
      while (!next.hasChallenge() && next.getSequence() < 20) {
        // Shown before the challenge was drawn.
        next = pipeline.frameShownBy(page, JPEG).getRef();
      }
      assertThat(next.getChallenge().getActsCount()).isEqualTo(2);
    }
  }

  @Test
  void photographsAreTakenOfAdministratorsOnly() throws Exception {
    Client visitor = stranger();
    visitor.get("/enrol");
    Client.Answer answer =
        visitor
            .form()
            .field("name", "Mallory")
            .field("consent", "true")
            .file("bob.jpg", JPEG)
            .post("/enrol/photos");
    assertThat(answer.json().path("accepted").asBoolean()).as(answer.text()).isFalse();
    assertThat(answer.json().path("reasons").get(0).asString())
        .isEqualTo(Reason.CHECK_MISSING.name());
    assertThat(visitor.get("/enrol").text()).doesNotContain("value=\"photos\"");
  }

  @Test
  void strangerIsToldSoButNotHowNear() throws Exception {
    JsonNode enrolled;
    try (Browser page = Browser.open(stranger(), web.url(), "enrol")) {
      enrolled = enrol(page, "Known", 1);
    }
    Client visitor = stranger();
    try (Browser page = Browser.open(visitor, web.url(), "login")) {
      Frame frame = pipeline.frameShownBy(page, JPEG);
      pipeline.publish(Topics.EMBEDDINGS, page.camera(), embeddings(frame, face(0, 0, 2)));
      JsonNode decision = page.next("decision");
      assertThat(decision.path("outcome").asString()).isEqualTo("UNKNOWN");
      assertThat(decision.path("person").isNull()).isTrue();
      assertThat(decision.path("similarity").isNull()).isTrue();
      assertThat(decision.path("threshold").isNull()).as("it grows with the gallery").isTrue();
      assertThat(decision.path("reasons").get(0).asString()).isEqualTo("NOT_ENROLLED");
    }
    assertThat(visitor.get("/welcome").status()).isEqualTo(302);
    erase(enrolled);
  }

  @Test
  void duplicateLooksLikeANewPersonToStrangersAndIsToldToWhoeverEnrolsOthers() throws Exception {
    JsonNode first;
    try (Browser page = Browser.open(stranger(), web.url(), "enrol")) {
      first = enrol(page, "Original", 3);
    }
    try (Browser page = Browser.open(stranger(), web.url(), "enrol")) {
      JsonNode second = enrol(page, "Copy", 3);
      assertThat(withoutId(second)).isEqualTo(withoutId(first).replace("Original", "Copy"));
    }
    try (Browser page = Browser.open(administrator(), web.url(), "enrol")) {
      JsonNode third = enrol(page, "Copy", 3);
      assertThat(third.path("accepted").asBoolean()).isFalse();
      assertThat(third.path("reasons").get(0).asString()).isEqualTo(Reason.DUPLICATE.name());
    }
    erase(first);
    assertThat(
            new Client(web.url(), TestSite.RUN_TOKEN)
                .get("/api/v1/people")
                .json()
                .path("total")
                .asInt())
        .isZero();
  }

  @Test
  void strangerHearsTheSameWhoeverIsEnrolledAndHowMany() throws Exception {
    Set<String> told = new HashSet<>();
    try (Browser page = Browser.open(stranger(), web.url(), "login")) {
      FrameRef frame = pipeline.frameShownBy(page, JPEG).getRef();
      for (Reason reason : List.of(Reason.NOT_ENROLLED, Reason.GALLERY_EMPTY, Reason.AMBIGUOUS)) {
        pipeline.publish(
            Topics.DECISIONS,
            page.camera(),
            Decision.newBuilder()
                .setDecisionId(page.camera() + "/" + reason.getNumber())
                .setFrame(frame)
                .setTrackId(reason.getNumber())
                .setRevision(1)
                .setOutcome(Outcome.UNKNOWN)
                .addReasons(reason)
                .setThreshold(reason.getNumber() / 100f)
                .setFpirAtGallerySize(reason.getNumber() / 1_000d)
                .build());
        JsonNode decision = page.next("decision");
        told.add(
            String.join(
                " ",
                decision.path("outcome").toString(),
                decision.path("reasons").toString(),
                decision.path("threshold").toString(),
                decision.path("fpir").toString()));
      }
    }
    assertThat(told).containsExactly("\"UNKNOWN\" [\"NOT_ENROLLED\"] null null");
  }

  private static String withoutId(JsonNode enrolled) {
    return enrolled.toString().replace(enrolled.path("person").path("id").asString(), "ID");
  }

  @Test
  void withoutConsentNothingIsSentOn() throws Exception {
    try (Browser page = Browser.open(stranger(), web.url(), "enrol")) {
      page.say("{\"type\":\"person\",\"name\":\"A\",\"consent\":false}");
      JsonNode answer = page.next("enrolled");
      assertThat(answer.path("reasons").get(0).asString()).isEqualTo(Reason.NO_CONSENT.name());
      page.say("nonsense");
      assertThat(page.next("error").path("message").asString()).contains("JSON");
    }
  }

  @Test
  void frameThatIsNoJpegIsRefusedAndTheConnectionGoesOn() throws Exception {
    try (Browser page = Browser.open(stranger(), web.url(), "login")) {
      page.show(new byte[5_000]);
      assertThat(page.next("error").path("message").asString()).contains("JPEG");
      assertThat(pipeline.frameShownBy(page, JPEG).getRef().getSequence()).isEqualTo(1);
    }
  }

  @Test
  void siteShowsCamerasAndTheirPictures() throws Exception {
    Client admin = new Client(web.url(), TestSite.RUN_TOKEN);
    Client.Answer added =
        admin.json(
            "POST",
            "/api/v1/cameras",
            "{\"id\":\"lobby\",\"name\":\"Lobby\",\"address\":\"rtsp://camera/1\"}");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(admin.get("/api/v1/cameras").json().get(0).path("state").asString())
        .isEqualTo("OFF");
    try (Browser page = Browser.open(administrator(), web.url(), "site")) {
      pipeline.publish(
          Topics.CAMERA_STATUS,
          "lobby",
          CameraStatus.newBuilder()
              .setCameraId("lobby")
              .setState(CameraState.AWAY)
              .setMessage("It does not answer.")
              .setSinceUs(1)
              .build());
      JsonNode camera =
          page.next("camera", message -> message.path("state").asString().equals("AWAY"));
      assertThat(camera.path("name").asString()).isEqualTo("Lobby");
      assertThat(camera.path("message").asString()).isEqualTo("It does not answer.");
      Frame frame =
          Frame.newBuilder()
              .setRef(
                  FrameRef.newBuilder()
                      .setCameraId("lobby")
                      .setSequence(1)
                      .setPurpose(Purpose.WATCH))
              .setJpeg(com.google.protobuf.ByteString.copyFrom(JPEG))
              .build();
      pipeline.publish(Topics.FRAMES, "lobby", frame);
      pipeline.publish(Topics.FACES, "lobby", Faces.newBuilder().setFrame(frame.getRef()).build());
      assertThat(page.next("faces").path("camera").asString()).isEqualTo("lobby");
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(admin.get("/api/v1/cameras/lobby/picture.jpg").response().body())
                      .isEqualTo(JPEG));
      Client.Answer changed =
          admin.json(
              "PUT",
              "/api/v1/cameras/lobby",
              "{\"name\":\"Hall\",\"address\":\"rtsp://camera/1\",\"minFacePx\":5}");
      assertThat(changed.status()).isEqualTo(400);
      assertThat(admin.delete("/api/v1/cameras/lobby").status()).isEqualTo(204);
      page.next("camera", message -> message.path("state").asString().equals("REMOVED"));
      assertThat(admin.get("/api/v1/cameras").json().size()).isZero();
    }
  }

  @Test
  void cameraGivenToTheTopicByOthersIsListed() throws Exception {
    pipeline.publish(
        Topics.CAMERAS,
        "clip-1",
        Camera.newBuilder().setCameraId("clip-1").setName("Clip").setEnabled(true).build());
    Client admin = new Client(web.url(), TestSite.RUN_TOKEN);
    Awaitility.await()
        .untilAsserted(() -> assertThat(admin.get("/api/v1/cameras").text()).contains("Clip"));
    assertThat(admin.delete("/api/v1/cameras/clip-1").status()).isEqualTo(204);
  }

  @Test
  void missingWeightsAreSaidInWords() throws Exception {
    Client.Answer answer =
        new Client(web.url(), TestSite.RUN_TOKEN)
            .form()
            .file("a.jpg", JPEG)
            .post("/api/v1/identify");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().path("detail").asString()).contains("weights of mtcnn are missing");
  }

  @Test
  void pagesOfTheAdministratorAreLockedForOthers() throws Exception {
    Client stranger = stranger();
    assertThat(stranger.get("/").status()).isEqualTo(200);
    assertThat(stranger.get("/enrol").status()).isEqualTo(200);
    for (String page : new String[] {"/site", "/people", "/decisions", "/cameras"}) {
      Client.Answer locked = stranger.get(page);
      assertThat(locked.status()).as(page).isEqualTo(401);
      assertThat(locked.text()).contains("admin?token");
    }
    assertThat(stranger.get("/admin?token=wrong").status()).isEqualTo(401);
    assertThatThrownBy(() -> Browser.open(stranger, web.url(), "site"))
        .hasStackTraceContaining("403");
    Client admin = administrator();
    for (String page : new String[] {"/site", "/people", "/decisions", "/cameras"}) {
      Client.Answer open = admin.get(page);
      assertThat(open.status()).as(page).isEqualTo(200);
      assertThat(open.header("content-security-policy")).contains("default-src 'self'");
    }
  }

  @Test
  void sessionOfTheAdministratorNeedsTheCsrfToken() throws Exception {
    Client admin = administrator();
    String camera = "{\"name\":\"X\",\"address\":\"/dev/video9\"}";
    assertThat(admin.json("POST", "/api/v1/cameras", camera).status()).isEqualTo(403);
    admin.get("/cameras");
    Client.Answer added =
        admin.send(
            admin
                .request("/api/v1/cameras")
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", admin.cookie("XSRF-TOKEN"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(camera)));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    String id = added.json().path("id").asString();
    assertThat(new Client(web.url(), TestSite.RUN_TOKEN).delete("/api/v1/cameras/" + id).status())
        .isEqualTo(204);
  }

  @Test
  void browserOfAnotherOriginIsRefused() {
    assertThatThrownBy(() -> Browser.open(stranger(), web.url(), "login", "http://evil.example"))
        .hasStackTraceContaining("403");
  }

  @Test
  void metricsAndHealthAreServed() throws Exception {
    assertThat(stranger().get("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(stranger().get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(stranger().get("/actuator/prometheus").text()).contains("web_sessions");
    assertThat(stranger().get("/v3/api-docs").text()).contains("/api/v1/identify");
    assertThat(stranger().get("/swagger-ui/index.html").status()).isEqualTo(200);
  }

  @Test
  void portThatIsTakenIsSaidPlainly() {
    WebUi second = site.web(TestSite.settings().withPort(web.port()));
    assertThatThrownBy(second::start)
        .isInstanceOf(WebUnavailableException.class)
        .hasMessageContaining("port " + web.port())
        .hasMessageContaining("--port");
  }

  @Test
  void decisionsMadeWhileTheStageWasDownAreKept() throws Exception {
    String camera = "down-" + System.nanoTime();
    web.close();
    for (int i = 1; i <= 3; i++) {
      pipeline.publish(
          Topics.EMBEDDINGS,
          camera,
          Embeddings.newBuilder()
              .setFrame(
                  FrameRef.newBuilder()
                      .setCameraId(camera)
                      .setSequence(i)
                      .setPurpose(Purpose.WATCH))
              .addProblems(Reason.NO_FACE)
              .build());
    }
    web = site.web(TestSite.settings());
    web.start();
    Client again = new Client(web.url(), TestSite.RUN_TOKEN);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        again
                            .get("/api/v1/decisions?camera=" + camera)
                            .json()
                            .path("total")
                            .asInt())
                    .isEqualTo(3));
    Awaitility.await().until(() -> web.health().isReady());
  }
}
