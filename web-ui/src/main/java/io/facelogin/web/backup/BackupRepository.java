package io.facelogin.web.backup;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code backup}, and who was erased, as the audit knows it. */
@Repository
class BackupRepository {

  private final JdbcClient jdbc;

  BackupRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(String id, Instant madeAt, String madeBy, @Nullable String folder) {
    jdbc.sql("insert into backup (id, made_at, made_by, folder) values (:id, :at, :by, :folder)")
        .param("id", id)
        .param("at", madeAt.atOffset(ZoneOffset.UTC))
        .param("by", madeBy)
        .param("folder", folder)
        .update();
  }

  record Made(String id, Instant at) {}

  Optional<Made> last() {
    return jdbc.sql("select id, made_at from backup order by made_at desc limit 1")
        .query(
            (row, number) ->
                new Made(
                    row.getString("id"),
                    row.getObject("made_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /** Every folder that backups were made into on this machine. */
  List<String> folders() {
    return jdbc.sql("select distinct folder from backup where folder is not null order by folder")
        .query(String.class)
        .list();
  }

  /** Who was erased, and when last; as far back as the audit goes. */
  Map<UUID, Instant> erased() {
    Map<UUID, Instant> erased = new LinkedHashMap<>();
    jdbc.sql(
            "select subject::uuid as person, max(at) as at from audit_entry"
                + " where action = 'person-erased' group by subject order by max(at)")
        .query(
            row -> {
              erased.put(
                  row.getObject("person", UUID.class),
                  row.getObject("at", OffsetDateTime.class).toInstant());
            });
    return erased;
  }
}
