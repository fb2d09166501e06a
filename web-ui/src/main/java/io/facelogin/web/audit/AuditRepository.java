package io.facelogin.web.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code audit_entry}, read; and cut, which is the only way that entries go. */
@Repository
class AuditRepository {

  private static final String WHERE =
      " from audit_entry a"
          + " where (:actor::text is null or a.actor = :actor or a.actor like :actor || ':%')"
          + " and (:action::text is null or a.action = :action)"
          + " and (:subject::text is null or a.subject = :subject)"
          + " and (:from::timestamptz is null or a.at >= :from)"
          + " and (:to::timestamptz is null or a.at < :to)";

  private static final String ACTOR_NAME =
      ", (select name from access_token t where t.id::text = split_part(a.actor, ':', 2))"
          + " as actor_name";

  private final JdbcClient jdbc;
  private final AuditTrail audit;

  AuditRepository(JdbcClient jdbc, AuditTrail audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** An entry with the name of the token that it was done with, if it was one. */
  record Shown(AuditEntry entry, @Nullable String actorName) {}

  /** Newest first. */
  List<Shown> find(AuditFilter filter, int offset, int limit) {
    return selected(
            "select a.*"
                + ACTOR_NAME
                + WHERE
                + " order by a.number desc offset :offset limit :limit",
            filter)
        .param("offset", offset)
        .param("limit", limit)
        .query((row, number) -> new Shown(read(row, number), row.getString("actor_name")))
        .list();
  }

  int count(AuditFilter filter) {
    return selected("select count(*)" + WHERE, filter).query(Integer.class).single();
  }

  /** The names of all actions that stand in the audit. */
  List<String> actions() {
    // As a loop over the index: a distinct of millions of rows would read them all.
    return jdbc.sql(
            "with recursive known as ((select min(action) as action from audit_entry) union all"
                + " (select (select min(action) from audit_entry where action > known.action)"
                + " from known where known.action is not null))"
                + " select action from known where action is not null")
        .query(String.class)
        .list();
  }

  /** From the oldest on, all of one moment, however many there are. */
  @Transactional(readOnly = true)
  public void forEach(AuditFilter filter, Consumer<AuditEntry> consumer) {
    try (Stream<AuditEntry> rows =
        selected("select a.*" + WHERE + " order by a.number", filter)
            .withFetchSize(1_000)
            .query(AuditRepository::read)
            .stream()) {
      rows.forEach(consumer);
    }
  }

  /** The newest entry. */
  Optional<AuditEntry> head() {
    return jdbc.sql("select * from audit_entry order by number desc limit 1")
        .query(AuditRepository::read)
        .optional();
  }

  /** The details of the newest entry with this action. */
  Optional<String> newestDetails(String action) {
    return jdbc.sql(
            "select details from audit_entry where action = :action order by number desc limit 1")
        .param("action", action)
        .query(String.class)
        .optional();
  }

  /**
   * Cuts off what is older, and writes down where.
   *
   * @return how many entries went
   */
  @Transactional
  public int cut(Instant before) {
    Optional<AuditEntry> lastToGo =
        jdbc.sql(
                "select * from audit_entry where number <"
                    + " coalesce((select min(number) from audit_entry where at >= :before),"
                    + " (select max(number) from audit_entry) + 1) order by number desc limit 1")
            .param("before", before.atOffset(ZoneOffset.UTC))
            .query(AuditRepository::read)
            .optional();
    if (lastToGo.isEmpty()) {
      return 0;
    }
    AuditEntry last = lastToGo.get();
    audit.write(
        AuditChain.CUT,
        null,
        Map.of("before", before.toString(), "upTo", last.number(), "sha256", last.sha256()));
    jdbc.sql("select set_config('face_login.audit_cut', 'on', true)").query(String.class).single();
    int gone =
        jdbc.sql("delete from audit_entry where number <= :last")
            .param("last", last.number())
            .update();
    jdbc.sql("select set_config('face_login.audit_cut', '', true)").query(String.class).single();
    return gone;
  }

  private JdbcClient.StatementSpec selected(String sql, AuditFilter filter) {
    return jdbc.sql(sql)
        .param("actor", filter.actor())
        .param("action", filter.action())
        .param("subject", filter.subject())
        .param("from", filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC))
        .param("to", filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
  }

  private static AuditEntry read(ResultSet row, int number) throws SQLException {
    return new AuditEntry(
        row.getLong("number"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("details"),
        AuditEntry.hex(row.getBytes("previous_sha256")),
        AuditEntry.hex(row.getBytes("sha256")));
  }
}
