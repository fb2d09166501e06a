package io.facelogin.web.access;

import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who did what, appended and never changed. Persons stand in it by id, never by name. */
@Component
public class AuditTrail {

  private final JdbcClient jdbc;
  private final Clock clock;

  AuditTrail(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @param action past tense with a dash, such as {@code person-erased}
   * @param subject an id, or null
   */
  public void write(String actor, String action, @Nullable String subject) {
    jdbc.sql(
            "insert into audit_event (at, actor, action, subject) values (:at, :actor, :action, :subject)")
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .param("actor", actor)
        .param("action", action)
        .param("subject", subject)
        .update();
  }
}
