package io.facelogin.web.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.kafka.Retention;
import io.facelogin.web.MovableClock;
import io.facelogin.web.audit.AuditChain;
import io.facelogin.web.audit.AuditEntry;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.observe.WebMetrics;
import io.facelogin.web.people.SealedNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Decisions grow old in a real PostgreSQL. */
class ExpiredDecisionsIT {

  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  private static EmbeddedPostgres postgres;

  private final MovableClock clock = new MovableClock(NOW);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    Flyway.configure()
        .dataSource(postgres.getPostgresDatabase())
        .locations("classpath:db/web")
        .load()
        .migrate();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void whatIsOlderIsGoneWhatIsYoungerStaysAndTheAuditSaysSoOnce() {
    JdbcClient jdbc = JdbcClient.create(postgres.getPostgresDatabase());
    DecisionRepository decisions =
        new DecisionRepository(jdbc, new SealedNames(person -> Optional.empty()));
    AuditTrail audit = new AuditTrail(jdbc, JsonMapper.shared(), clock);
    ExpiredDecisions expired =
        new ExpiredDecisions(
            decisions,
            new TransactionTemplate(new JdbcTransactionManager(postgres.getPostgresDatabase())),
            audit,
            new WebMetrics(meters),
            new Retention(Duration.ofDays(30), Duration.ofDays(1)),
            clock,
            3);
    audit.write("system", "site-started", null, java.util.Map.of());
    for (int i = 0; i < 7; i++) {
      decisions.insert(decision("old-" + i, NOW.minus(Duration.ofDays(20 + i))));
    }
    decisions.insert(decision("young", NOW.minus(Duration.ofDays(1))));

    expired.forget();
    assertThat(decisions.countBefore(NOW)).isEqualTo(8);

    clock.forward(Duration.ofDays(17));
    expired.forget();
    expired.forget();

    assertThat(jdbc.sql("select id from decision").query(String.class).list())
        .containsExactly("young");
    assertThat(meters.get(WebMetrics.DECISIONS_EXPIRED).counter().count()).isEqualTo(7);
    assertThat(
            jdbc.sql("select details from audit_entry where action = 'decisions-expired'")
                .query(String.class)
                .list())
        .containsExactly("{\"before\":\"2026-11-17T10:00:00Z\",\"decisions\":7}");
    AuditChain chain = new AuditChain(null);
    entries(jdbc).forEach(chain::add);
    assertThat(chain.finding().intact()).isTrue();
  }

  private static DecisionRow decision(String id, Instant decidedAt) {
    return new DecisionRow(
        id,
        "lobby",
        1,
        1,
        "WATCH",
        "UNKNOWN",
        List.of("NOT_ENROLLED"),
        null,
        0.1f,
        0.5f,
        1e-3,
        3,
        4,
        decidedAt,
        decidedAt);
  }

  private static List<AuditEntry> entries(JdbcClient jdbc) {
    return jdbc.sql("select * from audit_entry order by number")
        .query(
            (row, number) ->
                new AuditEntry(
                    row.getLong("number"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("subject"),
                    row.getString("details"),
                    HexFormat.of().formatHex(row.getBytes("previous_sha256")),
                    HexFormat.of().formatHex(row.getBytes("sha256"))))
        .list();
  }
}
