package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.models.StillFaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** REST with real networks on real faces; only the matcher is stood in for. */
class RestIT {

  private static TestSite site;
  private static TestMatcher matcher;
  private static StillFaces networks;
  private static WebUi web;
  private static Client admin;

  @BeforeAll
  static void start() throws Exception {
    Pictures.folder();
    networks = Pictures.networks();
    site = new TestSite(() -> networks);
    matcher = new TestMatcher(site.kafka());
    web = site.web(TestSite.settings());
    web.start();
    admin = new Client(web.url(), TestSite.RUN_TOKEN);
    Awaitility.await().until(() -> web.health().isReady());
  }

  @AfterAll
  static void stop() throws Exception {
    if (site != null) {
      web.close();
      matcher.close();
      site.close();
      networks.close();
    }
  }

  private static JsonNode enrol(String name, String picture) throws Exception {
    Client.Answer answer =
        admin
            .form()
            .field("name", name)
            .field("mail", "somebody@example.org")
            .field("consent", "true")
            .file("a.jpg", Pictures.bytes(picture))
            .post("/api/v1/people");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static void erase(JsonNode person) throws Exception {
    assertThat(admin.delete("/api/v1/people/" + person.path("id").asString()).status())
        .isEqualTo(200);
  }

  @Test
  void personIsEnrolledIdentifiedKeptAndErased() throws Exception {
    JsonNode person = enrol("Ada 100%_\"Ł", "odd/base.jpg");
    assertThat(person.path("weak").asBoolean()).isTrue();

    JsonNode found = admin.get("/api/v1/people?q=a%20100%25_").json();
    assertThat(found.path("total").asInt()).isEqualTo(1);
    assertThat(found.path("people").get(0).path("name").asString()).isEqualTo("Ada 100%_\"Ł");
    assertThat(admin.get("/api/v1/people?q=nobody").json().path("total").asInt()).isZero();

    Client.Answer identified =
        admin.form().file("x/y.jpg", Pictures.bytes("odd/exif-6.jpg")).post("/api/v1/identify");
    assertThat(identified.status()).as(identified.text()).isEqualTo(200);
    JsonNode answer = identified.json().get(0);
    assertThat(answer.path("image").asString()).isEqualTo("y.jpg");
    assertThat(answer.path("decision").asString()).isEqualTo("ACCEPTED");
    assertThat(answer.path("person").path("id")).isEqualTo(person.path("id"));
    assertThat(answer.path("reason").asString()).isEqualTo("MATCHED");

    String query = "/api/v1/decisions?person=" + person.path("id").asString();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(admin.get(query).json().path("total").asInt()).isEqualTo(1));
    assertThat(admin.get("/api/v1/decisions.csv").text())
        .startsWith("id,at,camera")
        .contains("\"Ada 100%_\"\"Ł\"");

    Client.Answer duplicate =
        admin
            .form()
            .field("name", "Somebody else")
            .field("consent", "true")
            .file("b.jpg", Pictures.bytes("odd/grey.jpg"))
            .post("/api/v1/people");
    assertThat(duplicate.status()).isEqualTo(422);
    assertThat(duplicate.header("content-type")).startsWith("application/problem+json");
    assertThat(duplicate.json().path("reasons").get(0).asString()).isEqualTo("DUPLICATE");
    assertThat(duplicate.json().path("duplicateOf").path("id")).isEqualTo(person.path("id"));

    JsonNode erased = admin.delete("/api/v1/people/" + person.path("id").asString()).json();
    assertThat(erased.path("templatesErased").asInt()).isEqualTo(1);
    assertThat(erased.path("decisionsUnlinked").asInt()).isEqualTo(1);
    assertThat(admin.get(query).json().path("total").asInt()).isZero();
    assertThat(admin.get("/api/v1/people").json().path("total").asInt()).isZero();
    assertThat(admin.get("/api/v1/decisions.csv").text()).doesNotContain("Ada");
    JsonNode after =
        admin
            .form()
            .file("y.jpg", Pictures.bytes("odd/exif-6.jpg"))
            .post("/api/v1/identify")
            .json()
            .get(0);
    assertThat(after.path("decision").asString()).isEqualTo("UNKNOWN");
    assertThat(after.path("person").isNull()).isTrue();
  }

  @Test
  void everyOddFileIsAnsweredAndNoneBreaksTheServer() throws Exception {
    List<String> surprises = new ArrayList<>();
    for (String[] row : expected()) {
      String file = row[0];
      byte[] bytes = Pictures.bytes("odd/" + file);
      Client.Answer identify = admin.form().file(file, bytes).post("/api/v1/identify");
      if (identify.status() != 200) {
        surprises.add(file + ": identify " + identify.status());
      }
      Client.Answer enrol =
          admin
              .form()
              .field("name", file)
              .field("consent", "true")
              .field("allowDuplicate", "true")
              .file(file, bytes)
              .post("/api/v1/people");
      if (enrol.status() == 201) {
        erase(enrol.json());
      }
      boolean refusedAsExpected = !row[2].startsWith("refused") || enrol.status() == 422;
      boolean acceptedAsExpected = !row[2].equals("accepted") || enrol.status() == 201;
      boolean eitherWay = enrol.status() == 201 || enrol.status() == 422;
      if (!refusedAsExpected || !acceptedAsExpected || !eitherWay) {
        surprises.add(file + ": enrol " + enrol.status() + ", expected " + row[2]);
      }
    }
    assertThat(surprises).isEmpty();
    assertThat(matcher.people()).isZero();
  }

  private static List<String[]> expected() throws IOException {
    Path table = Pictures.folder().resolve("odd/expected.csv");
    try (Stream<String> lines = Files.lines(table)) {
      return lines.skip(1).map(line -> line.split(",")).toList();
    }
  }

  @Test
  void unreadablePictureIsNamedAndTheOthersGoOn() throws Exception {
    JsonNode answers =
        admin
            .form()
            .file("text.jpg", Pictures.bytes("odd/text.jpg"))
            .file("grey.jpg", Pictures.bytes("odd/flat-grey.jpg"))
            .post("/api/v1/identify")
            .json();
    assertThat(answers.get(0).path("image").asString()).isEqualTo("text.jpg");
    assertThat(answers.get(0).path("error").asString()).isNotBlank();
    assertThat(answers.get(1).path("decision").asString()).isEqualTo("UNKNOWN");
    assertThat(answers.get(1).path("reason").asString()).isEqualTo("NO_FACE");
  }

  @Test
  void picturesTogetherAreOneProbe() throws Exception {
    JsonNode answers =
        admin
            .form()
            .field("together", "true")
            .file("a.jpg", Pictures.bytes("odd/base.jpg"))
            .file("b.jpg", Pictures.bytes("odd/progressive.jpg"))
            .file("c.jpg", Pictures.bytes("odd/empty.jpg"))
            .post("/api/v1/identify")
            .json();
    assertThat(answers.size()).isEqualTo(2);
    assertThat(answers.get(0).path("image").asString()).isEqualTo("a.jpg, b.jpg");
    assertThat(answers.get(1).path("error").asString()).isNotBlank();
  }

  @Test
  void sameFaceVerifies() throws Exception {
    JsonNode verdict =
        admin
            .form()
            .file("a.jpg", Pictures.bytes("odd/base.jpg"))
            .file("b.jpg", Pictures.bytes("odd/exif-3.jpg"))
            .post("/api/v1/verify")
            .json();
    assertThat(verdict.path("same").asBoolean()).isTrue();
    assertThat(verdict.path("model").asString()).isEqualTo("mobilefacenet");
    Client.Answer faceless =
        admin
            .form()
            .file("a.jpg", Pictures.bytes("odd/base.jpg"))
            .file("b.jpg", Pictures.bytes("odd/flat-grey.jpg"))
            .post("/api/v1/verify");
    assertThat(faceless.status()).isEqualTo(422);
    assertThat(faceless.json().path("reasons").get(0).asString()).isEqualTo("NO_FACE");
  }

  @Test
  void badRequestsSayWhatIsWrong() throws Exception {
    assertThat(admin.form().field("name", "A").post("/api/v1/people").status()).isEqualTo(422);
    assertThat(admin.form().field("x", "y").post("/api/v1/identify").status()).isEqualTo(400);
    assertThat(admin.get("/api/v1/people/not-an-id").status()).isEqualTo(400);
    assertThat(admin.get("/api/v1/decisions?from=yesterday").status()).isEqualTo(400);
    assertThat(admin.get("/api/v1/decisions?outcome=MAYBE").status()).isEqualTo(400);
    assertThat(admin.get("/api/v1/nothing").status()).isEqualTo(404);
    assertThat(admin.json("POST", "/api/v1/cameras", "{").status()).isEqualTo(400);
    Client.Answer huge =
        admin.form().file("huge.jpg", new byte[26 * 1024 * 1024]).post("/api/v1/identify");
    assertThat(huge.status()).as(huge.text()).isEqualTo(413);
    assertThat(huge.header("content-type")).startsWith("application/problem+json");
  }

  @Test
  void withoutTheRightTokenNothingIsAnswered() throws Exception {
    for (String token : List.of("", "wrong")) {
      Client stranger = new Client(web.url(), token);
      for (String path :
          List.of("/api/v1/people", "/api/v1/decisions.csv", "/api/v1/cameras", "/api/v1/health")) {
        Client.Answer answer = stranger.get(path);
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
      }
      assertThat(
              stranger
                  .form()
                  .file("a.jpg", Pictures.bytes("odd/base.jpg"))
                  .post("/api/v1/identify")
                  .status())
          .isEqualTo(401);
    }
  }

  @Test
  void silentMatcherGivesServiceUnavailableAndNobodyStaysHalfEnrolled() throws Exception {
    matcher.keepSilent(true);
    try {
      Client.Answer enrol =
          admin
              .form()
              .field("name", "Half")
              .field("consent", "true")
              .file("a.jpg", Pictures.bytes("odd/base.jpg"))
              .post("/api/v1/people");
      assertThat(enrol.status()).isEqualTo(503);
      assertThat(enrol.json().path("detail").asString()).contains("matcher");
    } finally {
      matcher.keepSilent(false);
    }
    assertThat(admin.get("/api/v1/people?q=Half").json().path("total").asInt()).isZero();
    assertThat(matcher.people()).isZero();
  }

  @Test
  void restartKeepsPeopleAndTheAdministratorsToken() throws Exception {
    JsonNode person = enrol("Kept", "odd/base.jpg");
    assertThat(web.newAdministratorLink()).isPresent();
    String token = web.newAdministratorLink().orElseThrow().getQuery().substring(6);
    web.close();
    web = site.web(TestSite.settings());
    web.start();
    admin = new Client(web.url(), TestSite.RUN_TOKEN);
    assertThat(web.newAdministratorLink()).isEmpty();
    Client lasting = new Client(web.url(), token);
    assertThat(lasting.get("/api/v1/people/" + person.path("id").asString()).status())
        .isEqualTo(200);
    Awaitility.await().until(() -> web.health().isReady());
    erase(person);
  }
}
