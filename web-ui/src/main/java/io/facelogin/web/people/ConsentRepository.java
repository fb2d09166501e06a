package io.facelogin.web.people;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code consent}. Rows go with their person. */
@Repository
public class ConsentRepository {

  private final JdbcClient jdbc;

  ConsentRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param textVersion of the words that were shown
   * @param source where it was given: webcam, upload, cli
   */
  public void insert(UUID id, UUID person, String textVersion, String source, Instant givenAt) {
    jdbc.sql(
            "insert into consent (id, person_id, text_version, source, given_at)"
                + " values (:id, :person, :version, :source, :now)")
        .param("id", id)
        .param("person", person)
        .param("version", textVersion)
        .param("source", source)
        .param("now", givenAt.atOffset(ZoneOffset.UTC))
        .update();
  }
}
