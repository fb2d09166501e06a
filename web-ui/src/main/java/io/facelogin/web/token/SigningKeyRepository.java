package io.facelogin.web.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code signing_key}. One key signs at a time: the database itself sees to it. */
@Repository
class SigningKeyRepository {

  private final JdbcClient jdbc;

  SigningKeyRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A row as it is stored.
   *
   * @param publicJwk as JSON
   * @param encrypted the whole key as JSON, encrypted
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(SigningKey key, String publicJwk, byte[] encrypted) {}

  /** Until the transaction ends, nobody else changes keys. */
  void lock() {
    jdbc.sql("lock table signing_key in exclusive mode").update();
  }

  void insert(String id, String publicJwk, byte[] encrypted, Instant now) {
    jdbc.sql(
            "insert into signing_key (id, public_jwk, encrypted, created_at)"
                + " values (:id, :jwk, :encrypted, :now)")
        .param("id", id)
        .param("jwk", publicJwk)
        .param("encrypted", encrypted)
        .param("now", at(now))
        .update();
  }

  void retire(Instant now, Instant dropAt) {
    jdbc.sql("update signing_key set retired_at = :now, drop_at = :drop where retired_at is null")
        .param("now", at(now))
        .param("drop", at(dropAt))
        .update();
  }

  int drop(Instant now) {
    return jdbc.sql("delete from signing_key where drop_at <= :now").param("now", at(now)).update();
  }

  int dropAll() {
    return jdbc.sql("delete from signing_key").update();
  }

  /** Those that tokens may still be checked with, the one that signs first. */
  List<Row> current(Instant now) {
    return jdbc.sql(
            "select * from signing_key where drop_at is null or drop_at > :now"
                + " order by retired_at desc nulls first")
        .param("now", at(now))
        .query(SigningKeyRepository::read)
        .list();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        new SigningKey(
            row.getString("id"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row.getObject("retired_at", OffsetDateTime.class)),
            instant(row.getObject("drop_at", OffsetDateTime.class))),
        row.getString("public_jwk"),
        row.getBytes("encrypted"));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
