package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every route with every role, by token and by session; and that nothing was forgotten here. */
class WhoMayDoWhatIT {

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /** From nobody to everything. */
  private enum Who {
    STRANGER,
    VIEWER,
    OPERATOR,
    ADMIN
  }

  /** What has no role to ask with: errors, links and faces, which other tests hold. */
  private static final Set<String> TOLD_ELSEWHERE =
      Set.of(
          "GET /error",
          "GET /page/", // PagesTest brings it along
          "GET /actuator/health/**",
          "GET /admin",
          "GET /login",
          "GET /oauth2/consent",
          "POST /api/v1/token",
          "DELETE /api/v1/session/consent",
          "GET /swagger-ui",
          "GET /swagger-ui.html",
          "GET /v3/api-docs.yaml",
          "GET /v3/api-docs/swagger-config");

  private static TestSite site;
  private static TestMatcher matcher;
  private static WebUi web;
  private static final Map<Who, Client> PROGRAMS = new EnumMap<>(Who.class);
  private static final Map<Who, Client> SESSIONS = new EnumMap<>(Who.class);

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("not needed here");
            });
    matcher = new TestMatcher(site.kafka());
    web = site.web(TestSite.settings());
    web.start();
    Client admin = new Client(web.url(), TestSite.RUN_TOKEN);
    for (Who who : Who.values()) {
      String token = who == Who.STRANGER ? "" : token(admin, who.name());
      PROGRAMS.put(who, new Client(web.url(), token));
      Client session = new Client(web.url(), "");
      if (who != Who.STRANGER) {
        assertThat(session.get("/admin?token=" + token).status()).isEqualTo(302);
      }
      assertThat(session.get("/").status()).isEqualTo(200);
      SESSIONS.put(who, session);
    }
    Awaitility.await().until(() -> web.health().isReady());
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    matcher.close();
    site.close();
  }

  private static Client program(Who who) {
    return Objects.requireNonNull(PROGRAMS.get(who));
  }

  private static Client session(Who who) {
    return Objects.requireNonNull(SESSIONS.get(who));
  }

  private static String token(Client admin, String role) throws Exception {
    Client.Answer made =
        admin.json(
            "POST", "/api/v1/tokens", "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("token").asString();
  }

  /** {@code from} is the least who may; whoever may gets any answer but 401 and 403. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET,    /,                                   STRANGER
          GET,    /enrol,                              STRANGER
          GET,    /welcome,                            STRANGER
          GET,    /locked,                             STRANGER
          GET,    /css/face-login.css,                 STRANGER
          GET,    /js/page.js,                         STRANGER
          POST,   /logout,                             STRANGER
          POST,   /enrol/photos,                       STRANGER
          GET,    /actuator/health,                    STRANGER
          GET,    /actuator/health/liveness,           STRANGER
          GET,    /actuator/health/readiness,          STRANGER
          GET,    /actuator/prometheus,                STRANGER
          GET,    /v3/api-docs,                        STRANGER
          GET,    /api/v1/session,                     STRANGER
          GET,    /site,                               VIEWER
          GET,    /people,                             VIEWER
          GET,    /decisions,                          VIEWER
          GET,    /api/v1/people,                      VIEWER
          GET,    /api/v1/people/{id},                 VIEWER
          GET,    /api/v1/decisions,                   VIEWER
          GET,    /api/v1/cameras,                     VIEWER
          GET,    /api/v1/cameras/{id}/picture.jpg,    VIEWER
          GET,    /api/v1/health,                      VIEWER
          GET,    /cameras,                            OPERATOR
          POST,   /api/v1/people,                      OPERATOR
          POST,   /api/v1/identify,                    OPERATOR
          POST,   /api/v1/verify,                      OPERATOR
          POST,   /api/v1/cameras,                     OPERATOR
          PUT,    /api/v1/cameras/{id},                OPERATOR
          DELETE, /api/v1/cameras/{id},                OPERATOR
          POST,   /api/v1/cameras/test,                OPERATOR
          POST,   /api/v1/cameras/{id}/test,           OPERATOR
          GET,    /api/v1/decisions.csv,               OPERATOR
          GET,    /access,                             ADMIN
          GET,    /audit,                              ADMIN
          GET,    /api/v1/people/{id}/traces,          ADMIN
          DELETE, /api/v1/people/{id},                 ADMIN
          GET,    /api/v1/tokens,                      ADMIN
          POST,   /api/v1/tokens,                      ADMIN
          DELETE, /api/v1/tokens/{id},                 ADMIN
          POST,   /api/v1/tokens/administrator-link,   ADMIN
          GET,    /api/v1/signing-keys,                ADMIN
          POST,   /api/v1/signing-keys/rotate,         ADMIN
          GET,    /api/v1/applications,                ADMIN
          POST,   /api/v1/applications,                ADMIN
          DELETE, /api/v1/applications/{id},           ADMIN
          GET,    /api/v1/audit,                       ADMIN
          GET,    /api/v1/audit/verify,                ADMIN
          GET,    /api/v1/audit/export.jsonl,          ADMIN
          POST,   /api/v1/audit/cut,                   ADMIN
          GET,    /api/v1/backups,                     ADMIN
          POST,   /api/v1/backups,                     ADMIN
          GET,    /actuator,                           ADMIN
          GET,    /actuator/env,                       ADMIN
          GET,    /api/v1/not-made-yet,                ADMIN
          """)
  void routeIsOpenFromARoleOnAndLockedBefore(String method, String path, Who from)
      throws Exception {
    // Logging out takes the token against forged requests along.
    program(Who.STRANGER).get("/");
    for (Who who : Who.values()) {
      boolean open = who.compareTo(from) >= 0;
      int program = program(who).send(request(program(who), method, path)).status();
      assertThat(allows(program)).as(who + " by token: " + program).isEqualTo(open);
      if (path.equals("/logout")) {
        continue; // It would end the session that the other lines need.
      }
      int session = session(who).send(request(session(who), method, path)).status();
      assertThat(allows(session)).as(who + " by session: " + session).isEqualTo(open);
    }
    if (!method.equals("GET")) {
      HttpRequest.Builder forged = request(session(Who.ADMIN), method, path);
      int status = session(Who.ADMIN).send(forged.setHeader("X-XSRF-TOKEN", "guessed")).status();
      assertThat(status).as("forged by another page").isEqualTo(403);
    }
  }

  private static boolean allows(int status) {
    assertThat(status).isNotEqualTo(429).isNotEqualTo(500);
    return status != 401 && status != 403;
  }

  private static HttpRequest.Builder request(Client client, String method, String path) {
    return client
        .request(path.replace("{id}", NOBODY))
        .header("Content-Type", "application/json")
        .header("X-XSRF-TOKEN", client.cookie("XSRF-TOKEN"))
        .method(
            method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("[]"));
  }

  /** Whatever a controller answers, also what the description of the API does not show. */
  @Test
  void everyRouteOfTheProgramStandsInTheTable() throws Exception {
    CsvSource table =
        WhoMayDoWhatIT.class
            .getDeclaredMethod(
                "routeIsOpenFromARoleOnAndLockedBefore", String.class, String.class, Who.class)
            .getAnnotation(CsvSource.class);
    Set<String> known = new TreeSet<>(TOLD_ELSEWHERE);
    table
        .textBlock()
        .lines()
        .map(line -> line.split(","))
        .forEach(line -> known.add(line[0].strip() + " " + line[1].strip()));
    Set<String> routes = new TreeSet<>();
    for (RequestMappingInfoHandlerMapping mapping :
        web.running().getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
      for (RequestMappingInfo route : mapping.getHandlerMethods().keySet()) {
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        for (String path : route.getPatternValues()) {
          (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
              .forEach(method -> routes.add(method + " " + path));
        }
      }
    }
    assertThat(routes).contains("DELETE /api/v1/people/{id}", "GET /actuator/health");
    assertThat(known).containsAll(routes);
  }

  @ParameterizedTest
  @CsvSource({"login, STRANGER", "enrol, STRANGER", "site, VIEWER"})
  void socketIsOpenFromARoleOn(String purpose, Who from) throws Exception {
    for (Who who : Who.values()) {
      if (who.compareTo(from) >= 0) {
        Browser.open(session(who), web.url(), purpose).close();
      } else {
        assertThatThrownBy(() -> Browser.open(session(who), web.url(), purpose))
            .as(who.name())
            .hasStackTraceContaining("403");
      }
    }
  }

  @Test
  void viewerSeesNoPasswordOfACamera() throws Exception {
    String id = "cam-" + UUID.randomUUID();
    String body = "{\"id\":\"" + id + "\",\"name\":\"A\",\"address\":\"rtsp://u:secret@c/1\"}";
    assertThat(program(Who.OPERATOR).json("POST", "/api/v1/cameras", body).status()).isEqualTo(201);
    assertThat(program(Who.VIEWER).get("/api/v1/cameras").text()).doesNotContain("secret");
    assertThat(program(Who.OPERATOR).get("/api/v1/cameras").text()).contains("secret");
    assertThat(program(Who.OPERATOR).delete("/api/v1/cameras/" + id).status()).isEqualTo(204);
  }

  @Test
  void strangersSeeHealthWithoutDetailsAndMetricsFromThisMachineOnly() throws Exception {
    Client stranger = program(Who.STRANGER);
    assertThat(stranger.get("/actuator/health").text()).doesNotContain("components");
    assertThat(program(Who.VIEWER).get("/actuator/health").text()).contains("components");
    Client.Answer passedOn =
        stranger.send(
            stranger.request("/actuator/prometheus").header("X-Forwarded-For", "1.2.3.4"));
    assertThat(passedOn.status()).as("by a proxy on this machine").isEqualTo(401);
  }

  @Test
  void lockedAnswersAreTheSameWhetherSomebodyExistsOrNot() throws Exception {
    Client stranger = program(Who.STRANGER);
    String known = program(Who.ADMIN).get("/api/v1/tokens").json().get(0).path("id").asString();
    for (String path : List.of("/api/v1/people/", "/api/v1/tokens/", "/api/v1/cameras/")) {
      Client.Answer one = stranger.delete(path + known);
      Client.Answer other = stranger.delete(path + NOBODY);
      assertThat(one.status()).isEqualTo(401);
      assertThat(one.text()).isEqualTo(other.text());
    }
  }
}
