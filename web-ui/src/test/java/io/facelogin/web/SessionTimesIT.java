package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When sessions end by themselves, of links and of faces, on a clock that is moved. */
class SessionTimesIT {

  private static final Duration ALMOST_IDLE = Duration.ofMinutes(29);
  private static final Duration IDLE = Duration.ofMinutes(31);
  private static final String AUTHORIZE = "/oauth2/authorize?prompt=none&response_type=code";
  private static final String CALLBACK = "https://times.example.org/cb";

  private static final JumpingClock CLOCK = new JumpingClock();
  private static TestSite site;
  private static TestMatcher matcher;
  private static TestPipeline pipeline;
  private static WebUi web;
  private static String application = "";

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("not needed here");
            });
    matcher = new TestMatcher(site.kafka());
    pipeline = new TestPipeline(site.kafka());
    web = site.web(TestSite.settings(), CLOCK);
    web.start();
    Awaitility.await().until(() -> web.health().isReady());
    application =
        new Client(web.url(), TestSite.RUN_TOKEN)
            .json(
                "POST",
                "/api/v1/applications",
                "{\"name\":\"Times\",\"needsProofKey\":false,\"redirectUris\":[\""
                    + CALLBACK
                    + "\"]}")
            .json()
            .path("application")
            .path("id")
            .asString();
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    pipeline.close();
    matcher.close();
    site.close();
  }

  @BeforeEach
  void sameTimeAsTheMatcher() {
    CLOCK.reset();
  }

  private static Client byLink() throws Exception {
    Client visitor = new Client(web.url(), "");
    assertThat(visitor.get("/admin?token=" + TestSite.RUN_TOKEN).status()).isEqualTo(302);
    return visitor;
  }

  private static Client byFace() throws Exception {
    UUID ada = FaceVisitor.enrolled(site, "Ada", "ada@example.org");
    Client visitor = new Client(web.url(), "");
    FaceVisitor.logsIn(visitor, web.url(), pipeline, ada);
    return visitor;
  }

  /** Whether an application would be told who this is, without a look into the camera. */
  private static boolean isVouchedFor(Client visitor) throws Exception {
    String back =
        visitor
            .get(
                AUTHORIZE
                    + "&scope=openid&state=s&client_id="
                    + application
                    + "&redirect_uri="
                    + CALLBACK)
            .header("location");
    assertThat(back).startsWith(CALLBACK);
    return back.contains("code=");
  }

  @Test
  void sessionEndsWhenItWasSilentForHalfAnHour() throws Exception {
    Client link = byLink();
    Client face = byFace();
    CLOCK.jump(ALMOST_IDLE);
    assertThat(link.get("/site").status()).isEqualTo(200);
    assertThat(face.get("/welcome").status()).isEqualTo(200);
    assertThat(isVouchedFor(face)).isTrue();
    CLOCK.jump(ALMOST_IDLE);
    assertThat(link.get("/site").status()).as("it asked in between").isEqualTo(200);
    assertThat(face.get("/welcome").status()).isEqualTo(200);
    CLOCK.jump(IDLE);
    assertThat(link.get("/site").status()).isEqualTo(401);
    assertThat(isVouchedFor(face)).isFalse();
    assertThat(face.get("/welcome").status()).as("leads to the log-in page").isEqualTo(302);
  }

  @Test
  void sessionEndsAfterTwelveHoursHoweverBusyItIs() throws Exception {
    Client link = byLink();
    Client face = byFace();
    Client atApplicationsOnly = byFace();
    for (int halfHours = 1; halfHours <= 24; halfHours++) {
      CLOCK.jump(ALMOST_IDLE);
      assertThat(link.get("/site").status()).isEqualTo(200);
      assertThat(face.get("/welcome").status()).isEqualTo(200);
      assertThat(isVouchedFor(atApplicationsOnly)).isTrue();
    }
    CLOCK.jump(ALMOST_IDLE);
    assertThat(link.get("/site").status()).isEqualTo(401);
    assertThat(face.get("/welcome").status()).isEqualTo(302);
    assertThat(isVouchedFor(atApplicationsOnly)).isFalse();
  }

  @Test
  void socketOfASessionThatHasLastedLongEnoughIsClosed() throws Exception {
    try (Browser page = Browser.open(byLink(), web.url(), "site")) {
      CLOCK.jump(Duration.ofHours(13));
      page.awaitClosed();
    }
  }
}
