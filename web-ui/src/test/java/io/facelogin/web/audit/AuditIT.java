package io.facelogin.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The audit in a real PostgreSQL, and what its superuser can do to it unseen: nothing. */
class AuditIT {

  private static EmbeddedPostgres postgres;
  private static DataSource source;
  private static JdbcClient superuser;
  private static TransactionTemplate transaction;

  private AuditTrail audit;
  private AuditRepository entries;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    source = postgres.getPostgresDatabase();
    superuser = JdbcClient.create(source);
    transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  /** A database as the first version left it, with two acts in it, then brought up to date. */
  @BeforeEach
  void migrate() {
    superuser.sql("drop schema public cascade").update();
    superuser.sql("create schema public").update();
    flyway("1").migrate();
    superuser
        .sql(
            "insert into audit_event (at, actor, action, subject) values"
                + " ('2026-11-01T10:00:00.123456Z', 'upload', 'person-enrolled', 'Ł-1'),"
                + " ('2026-11-02T10:00:00Z', 'administrator', 'session-opened', null)")
        .update();
    superuser
        .sql("insert into admin_token values (decode(repeat('ab', 32), 'hex'), now())")
        .update();
    flyway("3").migrate();
    audit = new AuditTrail(superuser, JsonMapper.shared(), Clock.systemUTC());
    entries = new AuditRepository(superuser, audit);
  }

  private static Flyway flyway(String target) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/web")
        .target(target)
        .load();
  }

  private AuditChain.Finding walk(@Nullable String head) {
    AuditChain chain = new AuditChain(head);
    transaction.executeWithoutResult(
        status -> entries.forEach(new AuditFilter(null, null, null, null, null), chain::add));
    return chain.finding();
  }

  private void write(int times) {
    for (int i = 0; i < times; i++) {
      audit.write("system", "camera-changed", "cam-" + i, Map.of("text", "„Ł“ \u0000\n😀" + i));
    }
  }

  /** What the owner of the database can do: the triggers are his. */
  private static void behindTheTriggers(String sql) {
    superuser.sql("alter table audit_entry disable trigger all").update();
    superuser.sql(sql).update();
    superuser.sql("alter table audit_entry enable trigger all").update();
  }

  @Test
  void whatWasWrittenBeforeBecomesTheBeginningOfTheChain() {
    write(3);
    AuditChain.Finding found = walk(null);
    assertThat(found.intact()).as(found.fault()).isTrue();
    assertThat(found.entries()).isEqualTo(5);
    assertThat(
            entries.find(new AuditFilter(null, "person-enrolled", null, null, null), 0, 10).get(0))
        .extracting(shown -> shown.entry().at(), shown -> shown.entry().number())
        .containsExactly(Instant.parse("2026-11-01T10:00:00.123456Z"), 1L);
    assertThat(entries.actions())
        .containsExactly("camera-changed", "person-enrolled", "session-opened");
    assertThat(
            superuser
                .sql("select role from access_token where lasting")
                .query(String.class)
                .single())
        .as("the link of before goes on")
        .isEqualTo("ADMIN");
  }

  @Test
  void databaseRefusesToChangeWhatIsWritten() {
    for (String sql :
        List.of(
            "update audit_entry set actor = 'nobody' where number = 1",
            "delete from audit_entry where number = 1",
            "truncate audit_entry")) {
      assertThatThrownBy(() -> superuser.sql(sql).update())
          .as(sql)
          .hasStackTraceContaining("append-only");
    }
    assertThat(walk(null).intact()).isTrue();
  }

  @Test
  void entryChangedByTheSuperuserIsFound() {
    write(10);
    behindTheTriggers("update audit_entry set actor = 'nobody' where number = 7");
    assertThat(walk(null).fault()).isEqualTo("entry 7 was changed");
  }

  @Test
  void entryTakenOutByTheSuperuserIsFound() {
    write(10);
    behindTheTriggers("delete from audit_entry where number = 7");
    assertThat(walk(null).fault()).isEqualTo("entry 7 is missing");
  }

  @Test
  void entriesExchangedByTheSuperuserAreFound() {
    write(10);
    behindTheTriggers("update audit_entry set number = 15 - number + 1000 where number in (7, 8)");
    behindTheTriggers("update audit_entry set number = number - 1000 where number > 1000");
    assertThat(walk(null).brokenAt()).isEqualTo(7);
  }

  @Test
  void tailCutOffByTheSuperuserIsFoundByAHeadThatWasKept() {
    write(10);
    String kept = entries.head().orElseThrow().sha256();
    write(1);
    assertThat(walk(kept).intact()).isTrue();
    behindTheTriggers("delete from audit_entry where number > 9");
    assertThat(walk(null).intact()).isTrue();
    assertThat(walk(kept).intact()).isFalse();
  }

  @Test
  void oldEntriesAreCutOffWithAWordAboutItAndTheRestStaysIntact() {
    write(4);
    String kept = entries.head().orElseThrow().sha256();
    Instant before = Instant.parse("2026-11-02T00:00:00Z");
    assertThat(transaction.<Integer>execute(status -> entries.cut(before))).isEqualTo(1);
    AuditChain.Finding found = walk(kept);
    assertThat(found.intact()).as(found.fault()).isTrue();
    assertThat(found.first()).isEqualTo(2);
    assertThat(transaction.<Integer>execute(status -> entries.cut(before))).isZero();
    assertThatThrownBy(() -> superuser.sql("delete from audit_entry where number = 2").update())
        .as("the cut opens no door")
        .hasStackTraceContaining("append-only");
  }

  @Test
  void writersAtTheSameTimeMakeOneChainWithoutAGap() throws Exception {
    int each = 100;
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> writers =
          IntStream.range(0, 6)
              .<Future<?>>mapToObj(
                  i ->
                      pool.submit(
                          () ->
                              IntStream.range(0, each)
                                  .forEach(
                                      n ->
                                          transaction.executeWithoutResult(
                                              status -> {
                                                write(1);
                                                if (n % 10 == 0) {
                                                  status.setRollbackOnly();
                                                }
                                              }))))
              .toList();
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      pool.shutdownNow();
    }
    AuditChain.Finding found = walk(null);
    assertThat(found.intact()).as(found.fault()).isTrue();
    assertThat(found.entries()).isEqualTo(2 + 6 * each * 9 / 10);
  }
}
