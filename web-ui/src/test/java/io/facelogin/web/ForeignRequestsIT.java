package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.foreign.ForeignBytes;
import io.facelogin.web.access.AccessSettings;
import io.facelogin.web.audit.SettingsSnapshot;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged requests of every kind, the same ones in every run: each is answered or refused for what
 * it is, never as a fault of ours, and the next one is served.
 */
class ForeignRequestsIT {

  private static final int TRIES = 60;
  private static final String CALLBACK = "https://times.example.org/cb";

  /** Of a message that is too long, or no text. */
  private static final Set<Integer> CLOSED_FOR_A_REASON = Set.of(1007, 1009);

  private static final AccessSettings GENEROUS =
      new AccessSettings(
          List.of(),
          1_000_000,
          1_000_000,
          1_000_000,
          1_000_000,
          100,
          Duration.ofMinutes(2),
          Duration.ofMinutes(30),
          Duration.ofHours(12),
          SettingsSnapshot.none());

  private static TestSite site;
  private static TestMatcher matcher;
  private static TestPipeline pipeline;
  private static WebUi web;
  private static Client administrator;
  private static Client person;
  private static String application = "";

  private Random random = new Random();

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("weights of mtcnn are missing");
            });
    matcher = new TestMatcher(site.kafka());
    pipeline = new TestPipeline(site.kafka());
    web = site.web(TestSite.settings().withAccess(GENEROUS));
    web.start();
    Awaitility.await().until(() -> web.health().isReady());
    administrator = new Client(web.url(), TestSite.RUN_TOKEN);
    application =
        administrator
            .json(
                "POST",
                "/api/v1/applications",
                "{\"name\":\"Time sheets\",\"redirectUris\":[\"" + CALLBACK + "\"]}")
            .json()
            .path("application")
            .path("id")
            .asString();
    UUID ada = FaceVisitor.enrolled(site, "Ada", "ada@example.org");
    person = new Client(web.url(), "");
    FaceVisitor.logsIn(person, web.url(), pipeline, ada);
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    pipeline.close();
    matcher.close();
    site.close();
  }

  @BeforeEach
  void sameInEveryRun() {
    random = new Random(1);
  }

  private String damaged(String whole) {
    return new String(
        ForeignBytes.damaged(whole.getBytes(StandardCharsets.UTF_8), random),
        StandardCharsets.UTF_8);
  }

  private static void assertAnswered(Client.Answer answer, String sent) {
    assertThat(answer.status()).as(sent + "\n" + answer.text()).isNotIn(500, 502, 504);
    // The networks really are away in this test; nothing else is.
    if (answer.status() == 503) {
      assertThat(answer.text()).as(sent).contains("mtcnn");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/people", "/api/v1/identify", "/api/v1/verify", "/enrol/photos"})
  void uploadIsAnsweredOrRefused(String path) throws Exception {
    Client client = path.startsWith("/api") ? administrator : new Client(web.url(), "");
    client.get("/");
    String part = "--b\r\nContent-Disposition: form-data; name=\"";
    String whole =
        part
            + "name\"\r\n\r\nAda\r\n"
            + part
            + "consent\"\r\n\r\ntrue\r\n"
            + part
            + "together\"\r\n\r\nfalse\r\n"
            + part
            + "files\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\u00ff\u00d8\u00ff\r\n"
            + part
            + "files\"; filename*=UTF-8''%c3%a4.jpg\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--\r\n";
    for (int i = 0; i < TRIES; i++) {
      byte[] body = ForeignBytes.damaged(whole.getBytes(StandardCharsets.ISO_8859_1), random);
      String type = i % 10 == 0 ? "multipart/form-data" : "multipart/form-data; boundary=b";
      Client.Answer answer =
          client.send(
              client
                  .request(path)
                  .header("Content-Type", type)
                  .header("X-XSRF-TOKEN", client.cookie("XSRF-TOKEN"))
                  .POST(BodyPublishers.ofByteArray(body)));
      assertAnswered(answer, new String(body, StandardCharsets.ISO_8859_1));
    }
    assertThat(administrator.get("/api/v1/people").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/tokens       | {'name':'door','role':'viewer','days':5,'unlimited':false}",
        "/api/v1/tokens       | {'name':'do\\u0000or','role':'viewer','days':5}",
        "/api/v1/applications | {'name':'A\\u0000','redirectUris':['https://a.example/']}",
        "/api/v1/applications | {'name':'A','id':'a','redirectUris':['https://a.example/'],'scopes':['openid'],'isPublic':false}",
        "/api/v1/cameras      | {'id':'c','name':'C','address':'rtsp://u:p@c/1','maxFramesPerSecond':4}",
        "/api/v1/cameras/test | {'address':'rtsp://u:p@c/1'}",
        "/api/v1/signing-keys/rotate | {'revoke':false}"
      })
  void documentIsTakenOrRefused(String path, String whole) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      String body = damaged(whole.replace('\'', '"'));
      assertAnswered(administrator.json("POST", path, body), body);
    }
    assertThat(administrator.get("/api/v1/audit/verify").json().path("intact").asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/people    | q=ada&page=0&size=10",
        "/api/v1/decisions | from=2026-01-01T00:00:00Z&to=2026-02-01&camera=c&outcome=ACCEPTED&page=0",
        "/api/v1/audit     | action=site-started&actor=system&subject=x&page=0&from=2026-01-01",
        "/api/v1/audit/verify | head=0123456789abcdef",
        "/people           | q=ada&lang=zh",
        "/admin            | token=facelogin_x",
        "/login            | client_id=time-sheets&scope=openid",
        "/oauth2/consent   | client_id=time-sheets&scope=openid+profile&state=s",
        "/connect/logout   | id_token_hint=a.b.c&post_logout_redirect_uri=https://x.example/&state=s"
      })
  void questionIsAnsweredOrRefused(String path, String whole) throws Exception {
    Client asking = path.startsWith("/oauth2") ? person : administrator;
    for (int i = 0; i < TRIES; i++) {
      String query = encoded(damagedOnes(parameters(whole)));
      Client.Answer answer = asking.get(path + "?" + query);
      assertAnswered(answer, query);
      assertThat(answer.header("location")).as(query).doesNotContain("://");
    }
  }

  @Test
  void browserIsSentToTheRegisteredAddressOnly() throws Exception {
    Map<String, String> whole =
        parameters(
            "response_type=code&scope=openid profile&state=s&nonce=n&prompt=none&max_age=100"
                + "&asked=1.x&code_challenge=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs"
                + "&code_challenge_method=S256");
    whole.put("client_id", application);
    whole.put("redirect_uri", CALLBACK);
    int sentBack = 0;
    for (int i = 0; i < 2 * TRIES; i++) {
      String query = encoded(damagedOnes(whole));
      Client.Answer answer = person.get("/oauth2/authorize?" + query);
      assertThat(answer.status()).as(query + answer.text()).isIn(302, 400);
      String to = answer.header("location");
      if (answer.status() == 302) {
        assertThat(to)
            .as(query)
            .matches(".*")
            .satisfiesAnyOf(
                one -> assertThat(one).startsWith(CALLBACK + "?"),
                one -> assertThat(one).startsWith("/login?"));
        sentBack += to.startsWith(CALLBACK) ? 1 : 0;
      }
    }
    assertThat(sentBack).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "enrol", "site"})
  void socketTakesOrRefusesWhateverIsSaid(String purpose) throws Exception {
    Client client = new Client(web.url(), "");
    client.get("/admin?token=" + TestSite.RUN_TOKEN);
    Browser page = Browser.open(client, web.url(), purpose);
    for (int i = 0; i < TRIES; i++) {
      page.say(
          damaged("{\"type\":\"person\",\"name\":\"Ada\",\"mail\":\"a@b.c\",\"consent\":true}"));
      page.say(damaged("{\"type\":\"finish\",\"more\":[1,{\"a\":null}]}"));
      page.say(damaged("{\"type\":\"retry\"}"));
      page.show(ForeignBytes.damaged(FaceVisitor.JPEG, random));
      if (i % 30 == 0) {
        page.say("[" + "x".repeat(20_000));
        assertThat(page.awaitClosed()).isIn(CLOSED_FOR_A_REASON);
        page = Browser.open(client, web.url(), purpose);
      }
    }
    page.close();
    assertThat(page.awaitClosed()).isEqualTo(1000);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : query.split("&")) {
      parameters.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
    }
    return parameters;
  }

  /** One or two are damaged: else it would always be the first that is refused. */
  private Map<String, String> damagedOnes(Map<String, String> whole) {
    Map<String, String> some = new LinkedHashMap<>(whole);
    List<String> names = List.copyOf(whole.keySet());
    for (int i = 0; i <= random.nextInt(2); i++) {
      some.computeIfPresent(
          names.get(random.nextInt(names.size())), (name, value) -> damaged(value));
    }
    if (random.nextInt(4) == 0) {
      some.remove(names.get(random.nextInt(names.size())));
    }
    return some;
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
