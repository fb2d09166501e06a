package io.facelogin.web.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code access_token}. */
@Repository
class AccessTokenRepository {

  private static final String VALID =
      " revoked_at is null and (expires_at is null or expires_at > :now)";

  private final JdbcClient jdbc;

  AccessTokenRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<AccessToken> valid(byte[] sha256, Instant now) {
    return jdbc.sql("select * from access_token where token_sha256 = :hash and" + VALID)
        .param("hash", sha256)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(AccessTokenRepository::read)
        .optional();
  }

  boolean isValid(UUID id, Instant now) {
    return jdbc.sql("select count(*) from access_token where id = :id and" + VALID)
            .param("id", id)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Integer.class)
            .single()
        == 1;
  }

  /** Once a minute is enough, and spares a write with every request. */
  void markUsed(UUID id, Instant now) {
    jdbc.sql(
            "update access_token set last_used_at = :now where id = :id"
                + " and (last_used_at is null or last_used_at < :now - interval '1 minute')")
        .param("id", id)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  AccessToken insert(
      String name,
      Role role,
      byte[] sha256,
      boolean lasting,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            "insert into access_token (id, name, role, token_sha256, lasting, created_by,"
                + " created_at, expires_at) values (:id, :name, :role, :hash, :lasting, :by, :now,"
                + " :expires)")
        .param("id", id)
        .param("name", name)
        .param("role", role.name())
        .param("hash", sha256)
        .param("lasting", lasting)
        .param("by", createdBy)
        .param("now", createdAt.atOffset(ZoneOffset.UTC))
        .param("expires", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
        .update();
    return new AccessToken(id, name, role, lasting, createdBy, createdAt, expiresAt, null, null);
  }

  /** One statement, so that two processes starting together make one token. */
  boolean insertFirst(String name, byte[] sha256, String createdBy, Instant now) {
    return jdbc.sql(
                "insert into access_token (id, name, role, token_sha256, lasting, created_by,"
                    + " created_at) select :id, :name, 'ADMIN', :hash, true, :by, :now"
                    + " where not exists (select 1 from access_token)")
            .param("id", UUID.randomUUID())
            .param("name", name)
            .param("hash", sha256)
            .param("by", createdBy)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  boolean revoke(UUID id, Instant now) {
    return jdbc.sql(
                "update access_token set revoked_at = :now where id = :id and revoked_at is null")
            .param("id", id)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** The administrator's links that are not revoked. */
  List<UUID> lasting() {
    return jdbc.sql("select id from access_token where lasting and revoked_at is null")
        .query(UUID.class)
        .list();
  }

  /** Valid ones first, then the newest. */
  List<AccessToken> all(Instant now) {
    return jdbc.sql("select * from access_token order by (" + VALID + ") desc, created_at desc, id")
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(AccessTokenRepository::read)
        .list();
  }

  private static AccessToken read(ResultSet row, int number) throws SQLException {
    return new AccessToken(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        row.getBoolean("lasting"),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "last_used_at"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
