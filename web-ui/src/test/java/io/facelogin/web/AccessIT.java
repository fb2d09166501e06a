package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.web.access.AccessSettings;
import io.facelogin.web.audit.SettingsSnapshot;
import io.facelogin.web.tls.TransportSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens, sessions, names, limits and headers, on a site whose limits are low. */
class AccessIT {

  private static final AccessSettings STRICT =
      new AccessSettings(
          List.of("faces.example.org"),
          30,
          3,
          3,
          3,
          4,
          Duration.ofSeconds(2),
          Duration.ofMinutes(30),
          Duration.ofHours(12),
          SettingsSnapshot.none());

  private static final TransportSettings PROXIED =
      new TransportSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), List.of("127.0.0.1"));

  private static TestSite site;
  private static TestMatcher matcher;
  private static WebUi web;
  private static Client admin;

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("not needed here");
            });
    matcher = new TestMatcher(site.kafka());
    web = site.web(TestSite.settings().withAccess(STRICT).withTransport(PROXIED));
    web.start();
    admin = new Client(web.url(), TestSite.RUN_TOKEN);
    Awaitility.await().until(() -> web.health().isReady());
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    matcher.close();
    site.close();
  }

  private static JsonNode made(String body) throws Exception {
    Client.Answer answer = admin.json("POST", "/api/v1/tokens", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  /** Each test knocks from an address of its own, as a trusted proxy would pass it on. */
  private static Client from(String address) {
    return new Client(web.url(), "").always("X-Forwarded-For", address);
  }

  @Test
  void tokenIsShownOnceListedUsedAndRefusedAtOnceWhenRevoked() throws Exception {
    JsonNode made = made("{\"name\":\"door\",\"role\":\"viewer\"}");
    String token = made.path("token").asString();
    assertThat(token).matches("facelogin_[A-Za-z0-9_-]{43}");
    String id = made.path("id").asString();
    Client program = new Client(web.url(), token);
    assertThat(program.get("/api/v1/people").status()).isEqualTo(200);
    Client session = from("10.0.1.1");
    assertThat(session.get(made.path("link").asString()).status()).isEqualTo(302);
    try (Browser page = Browser.open(session, web.url(), "site")) {
      Client.Answer list = admin.get("/api/v1/tokens");
      assertThat(list.text()).doesNotContain(token).contains(id);
      assertThat(list.json().get(0).path("lastUsedAt").isNull()).isFalse();
      assertThat(admin.delete("/api/v1/tokens/" + id).status()).isEqualTo(204);
      page.awaitClosed();
    }
    assertThat(program.get("/api/v1/people").status()).isEqualTo(401);
    assertThat(session.get("/site").status()).isEqualTo(401);
    assertThat(admin.delete("/api/v1/tokens/" + id).status()).isEqualTo(404);
    assertThat(admin.get("/api/v1/audit?subject=" + id).json().path("entries"))
        .extracting(entry -> entry.path("action").asString())
        .containsExactly("token-revoked", "token-made");
  }

  @Test
  void tokenExpiresUnlessThatWasAskedForOnPurpose() throws Exception {
    JsonNode ordinary = made("{\"name\":\"a\",\"role\":\"viewer\"}");
    Duration validity =
        Duration.between(
            Instant.parse(ordinary.path("createdAt").asString()),
            Instant.parse(ordinary.path("expiresAt").asString()));
    assertThat(validity).isBetween(Duration.ofDays(89), Duration.ofDays(91));
    JsonNode unlimited = made("{\"name\":\"b\",\"role\":\"viewer\",\"unlimited\":true}");
    assertThat(unlimited.path("expiresAt").isNull()).isTrue();
    for (String wrong :
        List.of(
            "{\"name\":\"\",\"role\":\"viewer\"}",
            "{\"name\":\"c\",\"role\":\"root\"}",
            "{\"name\":\"c\",\"role\":\"viewer\",\"days\":0}",
            "{\"name\":\"c\",\"role\":\"viewer\",\"days\":5,\"unlimited\":true}")) {
      assertThat(admin.json("POST", "/api/v1/tokens", wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void expiredTokenIsRefused() throws Exception {
    JsonNode made = made("{\"name\":\"short\",\"role\":\"viewer\",\"days\":1}");
    site.update(
        "update access_token set expires_at = now() - interval '1 second' where id = '"
            + made.path("id").asString()
            + "'");
    Client program = new Client(web.url(), made.path("token").asString());
    assertThat(program.get("/api/v1/people").status()).isEqualTo(401);
  }

  @Test
  void administratorsLinkIsRenewedAndTheEarlierOneRefused() throws Exception {
    JsonNode first = admin.json("POST", "/api/v1/tokens/administrator-link", "{}").json();
    JsonNode second = admin.json("POST", "/api/v1/tokens/administrator-link", "{}").json();
    assertThat(from("10.0.2.1").get(first.path("link").asString()).status()).isEqualTo(401);
    assertThat(from("10.0.2.1").get(second.path("link").asString()).status()).isEqualTo(302);
  }

  @Test
  void sessionGetsANewIdHasAStrictCookieAndEndsWithItsSocketWhenLoggedOut() throws Exception {
    Client visitor = from("10.0.3.1");
    Browser.open(visitor, web.url(), "login").close();
    String before = visitor.cookie("face-login");
    assertThat(before).isNotEmpty();
    Client.Answer opened = visitor.get("/admin?token=" + TestSite.RUN_TOKEN);
    assertThat(visitor.cookie("face-login")).isNotEmpty().isNotEqualTo(before);
    assertThat(opened.response().headers().allValues("set-cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("face-login=")
                    .contains("HttpOnly", "SameSite=Strict")
                    .doesNotContain("Secure"));
    try (Browser page = Browser.open(visitor, web.url(), "site")) {
      visitor.get("/site");
      Client.Answer out =
          visitor.send(
              visitor
                  .request("/logout")
                  .header("X-XSRF-TOKEN", visitor.cookie("XSRF-TOKEN"))
                  .POST(BodyPublishers.noBody()));
      assertThat(out.status()).isEqualTo(302);
      page.awaitClosed();
    }
    assertThat(visitor.get("/site").status()).isEqualTo(401);
  }

  @Test
  void cookiesAreSecureBehindAProxyWithTls() throws Exception {
    Client visitor = from("10.0.4.1").always("X-Forwarded-Proto", "https");
    Client.Answer opened = visitor.get("/admin?token=" + TestSite.RUN_TOKEN);
    assertThat(opened.response().headers().allValues("set-cookie"))
        .isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "SameSite=Strict"));
  }

  @Test
  void siteAnswersToItsOwnNamesOnly() throws Exception {
    assertThat(withHost("localhost:" + web.port())).contains(" 200 ");
    assertThat(withHost("FACES.example.org")).contains(" 200 ");
    // A page of this name could be of one origin with ours, once its owner lets it point here.
    assertThat(withHost("evil.example:" + web.port())).contains(" 421 ").contains("--host-name");
  }

  private static String withHost(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void socketOfAnotherSiteIsRefusedAlsoWithASession() throws Exception {
    Client visitor = from("10.0.5.1");
    assertThat(visitor.get("/admin?token=" + TestSite.RUN_TOKEN).status()).isEqualTo(302);
    for (String purpose : List.of("site", "enrol", "login")) {
      assertThatThrownBy(() -> Browser.open(visitor, web.url(), purpose, "http://evil.example"))
          .hasStackTraceContaining("403");
    }
    assertThatThrownBy(
            () ->
                Browser.open(
                    visitor, web.url(), "site", "http://localhost:" + (web.port() == 1 ? 2 : 1)))
        .as("another port is another origin")
        .hasStackTraceContaining("403");
  }

  @Test
  void tooManyTriesAreToldToWaitAndOthersGoOn() throws Exception {
    assertTooMany(fourth(i -> from("10.0.6.1").get("/admin?token=guess-" + i)));
    Client guessing = new Client(web.url(), "guess").always("X-Forwarded-For", "10.0.6.2");
    assertTooMany(fourth(i -> guessing.get("/api/v1/people")));
    assertThat(from("10.0.6.1").get("/admin?token=" + TestSite.RUN_TOKEN).status())
        .as("the right one is never refused")
        .isEqualTo(302);
    assertThat(from("10.0.6.3").get("/admin?token=guess").status()).isEqualTo(401);
  }

  @Test
  void recognitionAndEnrolmentAreLimited() throws Exception {
    String token = made("{\"name\":\"much\",\"role\":\"operator\"}").path("token").asString();
    Client program = new Client(web.url(), token);
    Client stranger = from("10.0.7.1");
    stranger.get("/");
    assertTooMany(fourth(i -> program.form().file("a.jpg", new byte[10]).post("/api/v1/identify")));
    assertTooMany(fourth(i -> stranger.form().field("name", "x").post("/enrol/photos")));
    try (Browser page = Browser.open(from("10.0.7.2"), web.url(), "enrol")) {
      for (int i = 0; i < 4; i++) {
        page.say("{\"type\":\"person\",\"name\":\"A\",\"consent\":false}");
      }
      assertThat(page.next("error").path("message").asString()).contains("Too many");
    }
  }

  private interface Attempt {
    Client.Answer number(int i) throws Exception;
  }

  /** The limits allow three. */
  private static Client.Answer fourth(Attempt attempt) throws Exception {
    for (int i = 1; i < 4; i++) {
      assertThat(attempt.number(i).status()).isNotEqualTo(429);
    }
    return attempt.number(4);
  }

  private static void assertTooMany(Client.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 600);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(429);
  }

  @Test
  void forwardedAddressIsBelievedOfTrustedProxiesOnly() throws Exception {
    try (WebUi direct = site.web(TestSite.settings().withAccess(AccessSettings.defaults()))) {
      direct.start();
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 11; i++) {
        statuses.add(
            new Client(direct.url(), "guess")
                .always("X-Forwarded-For", "10.9.9." + i)
                .get("/api/v1/people")
                .status());
      }
      assertThat(statuses.get(10)).as("all of them are one address").isEqualTo(429);
    }
  }

  @Test
  void socketsOfOneAddressAreBoundedAndSilentOnesClosed() throws Exception {
    Client visitor = from("10.0.8.1");
    List<Browser> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(Browser.open(visitor, web.url(), "enrol"));
    }
    assertThatThrownBy(() -> Browser.open(visitor, web.url(), "enrol"))
        .hasStackTraceContaining("429");
    Browser.open(from("10.0.8.2"), web.url(), "enrol").close();
    for (Browser browser : open) {
      browser.awaitClosed();
    }
    Browser.open(visitor, web.url(), "enrol").close();
  }

  @Test
  void messagesThatAreTooLargeEndTheirConnectionAndNothingElse() throws Exception {
    Browser text = Browser.open(from("10.0.9.1"), web.url(), "enrol");
    text.say("{\"type\":\"" + "x".repeat(20_000) + "\"}");
    assertThat(text.awaitClosed()).isEqualTo(1009);
    Browser binary = Browser.open(from("10.0.9.1"), web.url(), "login");
    binary.show(new byte[3 * 1024 * 1024]);
    assertThat(binary.awaitClosed()).isEqualTo(1009);
    Browser.open(from("10.0.9.1"), web.url(), "login").close();
  }

  @Test
  void bodiesThatAreTooLargeOrOfUnknownLengthAreRefused() throws Exception {
    Client.Answer large =
        admin.json("POST", "/api/v1/cameras", "{\"name\":\"" + "x".repeat(100_000) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.header("content-type")).startsWith("application/problem+json");
    Client.Answer endless =
        admin.send(
            admin
                .request("/api/v1/cameras")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[100_000]))));
    assertThat(endless.status()).isEqualTo(411);
    Client stranger = from("10.0.10.1");
    stranger.get("/");
    assertThat(
            stranger
                .form()
                .file("a.jpg", new byte[65 * 1024 * 1024])
                .post("/enrol/photos")
                .status())
        .isEqualTo(413);
    assertThat(admin.get("/api/v1/cameras").status()).isEqualTo(200);
  }

  @Test
  void everyPageAndAnswerHasTheHeadersThatProtectIt() throws Exception {
    Client session = from("10.0.11.1");
    session.get("/admin?token=" + TestSite.RUN_TOKEN);
    for (String path :
        List.of(
            "/",
            "/enrol",
            "/site",
            "/people",
            "/decisions",
            "/cameras",
            "/access",
            "/audit",
            "/locked",
            "/welcome",
            "/not-there",
            "/admin?token=wrong",
            "/api/v1/people",
            "/api/v1/tokens",
            "/api/v1/nothing",
            "/v3/api-docs",
            "/swagger-ui/index.html")) {
      Client.Answer answer = session.get(path);
      assertThat(answer.header("content-security-policy"))
          .as(path)
          .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("x-frame-options")).as(path).isEqualTo("DENY");
      assertThat(answer.header("referrer-policy")).as(path).isEqualTo("no-referrer");
      assertThat(answer.header("permissions-policy")).as(path).contains("microphone=()");
      assertThat(answer.header("cross-origin-opener-policy")).as(path).isEqualTo("same-origin");
      assertThat(answer.header("cross-origin-resource-policy")).as(path).isEqualTo("same-origin");
      if (!path.startsWith("/swagger-ui")) {
        assertThat(answer.header("cache-control").toLowerCase(Locale.ROOT))
            .as(path)
            .contains("no-store");
      }
      assertThat(answer.header("server")).as(path).isEmpty();
    }
  }

  @Test
  void startIsWrittenDownWithTheSettingsAndTheChainIsIntact() throws Exception {
    JsonNode changed = admin.get("/api/v1/audit?action=settings-changed").json().path("entries");
    JsonNode first = changed.get(changed.size() - 1);
    assertThat(first.path("details").path("settings").path("access.hostNames").asString())
        .isEqualTo("[faces.example.org]");
    assertThat(changed.toString()).doesNotContain(TestSite.RUN_TOKEN);
    JsonNode page = admin.get("/api/v1/audit?action=site-started&actor=system").json();
    assertThat(page.path("total").asInt()).isPositive();
    String head = page.path("head").asString();
    JsonNode found = admin.get("/api/v1/audit/verify?head=" + head).json();
    assertThat(found.path("intact").asBoolean()).as(found.toString()).isTrue();
    assertThat(admin.get("/api/v1/audit/verify?head=abc").status()).isEqualTo(400);
    assertThat(admin.get("/api/v1/audit/export.jsonl").text().lines().count())
        .isGreaterThan(found.path("entries").asLong());
  }
}
