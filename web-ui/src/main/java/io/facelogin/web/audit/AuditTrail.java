package io.facelogin.web.audit;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who did what, appended and never changed. Persons stand in it by id, never by name. The database
 * chains the entries; a transaction that has written one holds back all others until it ends, so
 * write last and commit.
 *
 * <p>What cannot be written down is not done: an entry and what it tells of belong into one
 * transaction.
 */
@Component
public class AuditTrail {

  /** Whoever reaches the page and has shown nothing. */
  private static final String VISITOR = "visitor";

  /** The service itself. */
  public static final String SYSTEM = "system";

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  public AuditTrail(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Writes what the visitor of this thread does.
   *
   * @param action past tense with a dash, such as {@code person-erased}
   * @param subject an id, or null
   */
  public void write(String action, @Nullable String subject) {
    write(action, subject, Map.of());
  }

  /**
   * @param details what the action alone does not tell; neither names nor faces nor embeddings
   */
  public void write(String action, @Nullable String subject, Map<String, ?> details) {
    write(actorOfThisThread(), action, subject, details);
  }

  /** Writes what somebody else than the visitor of this thread does. */
  public void write(String actor, String action, @Nullable String subject, Map<String, ?> details) {
    jdbc.sql(
            "insert into audit_entry (at, actor, action, subject, details)"
                + " values (:at, :actor, :action, :subject, :details)")
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .param("actor", actor)
        .param("action", action)
        .param("subject", subject)
        .param("details", json.writeValueAsString(new TreeMap<>(details)))
        .update();
  }

  /** The visitor whose request this thread serves, as the audit names him. */
  public static String actorOfThisThread() {
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    if (visitor == null) {
      return VISITOR;
    }
    // An administrator who has tried the log-in is both: the token weighs more.
    return visitor.getDetails() instanceof AuditActor token
        ? token.auditName()
        : visitor.getPrincipal() instanceof AuditActor actor ? actor.auditName() : VISITOR;
  }
}
