package io.facelogin.infra.chaos;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.Photographs;
import io.facelogin.infra.Photographs.Person;
import io.facelogin.infra.rest.Multipart;
import io.facelogin.infra.rest.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whom the site under rehearsal knows: Ada, enrolled and before one camera; a stranger before the
 * other; and Bea, who was enrolled and erased.
 */
final class Residents {

  static final String ADA = "ada";
  static final String STRANGER = "stranger";

  private static final Duration SOON = Duration.ofMinutes(2);

  private final RehearsalSite site;

  Residents(RehearsalSite site) {
    this.site = site;
  }

  /**
   * @param adasCamera address of a clip that shows only Ada, as she is on her photograph
   */
  void moveIn(Path adasCamera, Path strangersCamera) throws Exception {
    addCamera(ADA, adasCamera);
    addCamera(STRANGER, strangersCamera);
    enrolAndErase();
    enrol(Person.ADA);
    awaitServing(Instant.now());
  }

  private void addCamera(String id, Path address) throws Exception {
    Map<String, Object> camera =
        Map.of("id", id, "name", id, "address", address.toString(), "maxFramesPerSecond", 4);
    Patience.upTo(SOON)
        .until(id + " is added", () -> !site.rest().post("/cameras", camera).isNull());
  }

  /** Enrols; the people's names are those of nobody. */
  String enrol(Person person) throws IOException, RefusedException {
    Multipart form =
        new Multipart()
            .field("name", person.name())
            .field("consent", "true")
            .file("files", "face.jpg", jpeg(person, 0));
    return site.rest().post("/people", form).get("id").asString();
  }

  /** Somebody comes and goes, and must stay gone. */
  void enrolAndErase() throws Exception {
    erase(enrol(Person.BEA));
  }

  void erase(String id) throws RefusedException {
    site.rest().delete("/people/" + id);
  }

  /** ACCEPTED, REJECTED or UNKNOWN. */
  String decisionOn(Person person) throws IOException, RefusedException {
    Multipart form =
        new Multipart().file("files", "face.jpg", jpeg(person, Photographs.of(person) - 1));
    JsonNode answer = site.rest().post("/identify", form);
    return answer.get(0).get("decision").asString();
  }

  int enrolled() throws RefusedException {
    return site.rest().get("/people").get("total").asInt();
  }

  /** Whether the site says that it cannot enrol now, rather than that it did. */
  boolean enrolmentIsRefused(Person person) throws IOException, RefusedException {
    try {
      enrol(person);
      return false;
    } catch (OutsideMissingException e) {
      return true;
    }
  }

  /**
   * Waits until Ada is recognised by her camera, on pictures taken after that instant, and on a
   * photograph; and the decision has reached the table.
   *
   * @return how long after the instant that was
   */
  Duration awaitServing(Instant since) throws InterruptedException {
    Patience.upTo(SOON)
        .until(
            "Ada is recognised on a photograph", () -> decisionOn(Person.ADA).equals("ACCEPTED"));
    Patience.upTo(SOON).until("Ada is recognised by her camera", () -> acceptedSince(since) > 0);
    return Duration.between(since, Instant.now());
  }

  private int acceptedSince(Instant since) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from decision where camera_id = ? and outcome = 'ACCEPTED'"
                    + " and captured_at > ?")) {
      query.setString(1, ADA);
      query.setTimestamp(2, Timestamp.from(since));
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        site.database().jdbcUrl(), site.database().user(), site.database().password());
  }

  private static byte[] jpeg(Person person, int number) throws IOException {
    return Photographs.jpeg(Photographs.picture(person, number));
  }
}
