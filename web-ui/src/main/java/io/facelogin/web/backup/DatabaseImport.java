package io.facelogin.web.backup;

import io.facelogin.web.DatabaseConnection;
import io.facelogin.web.backup.Manifest.KeptTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills an empty database of our own from a backup: makes the tables as they were then (the site's
 * next start brings them up to date), and copies rows without letting triggers change them. All in
 * one transaction, which {@link #finish} ends.
 */
public final class DatabaseImport implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Connection connection;

  /**
   * @param database whose user owns it
   * @throws UnusableBackupException if the backup is of a newer program
   */
  public DatabaseImport(DatabaseConnection database, Manifest manifest) throws SQLException {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database.jdbcUrl(), database.user(), database.password())
            .locations("classpath:db/web")
            .target(manifest.schema())
            .load();
    boolean known =
        Arrays.stream(flyway.info().all())
            .anyMatch(
                migration ->
                    migration.getVersion() != null
                        && migration.getVersion().getVersion().equals(manifest.schema()));
    if (!known) {
      throw new UnusableBackupException(
          "The backup has tables of version "
              + manifest.schema()
              + ", which this program does not know yet. Restore it with the version of face-login"
              + " that made it, or a newer one.");
    }
    flyway.migrate();
    connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    connection.setAutoCommit(false);
    update("set session_replication_role = replica"); // no triggers, no checks of references
  }

  /**
   * @return how many rows there are
   */
  public long copy(KeptTable table, InputStream rows) throws SQLException, IOException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy " + DatabaseExport.place(table) + " from stdin", rows);
  }

  /** Everybody who was enrolled. */
  public Set<UUID> people() throws SQLException {
    Set<UUID> people = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select id from person where enrolled_at is not null")) {
      while (rows.next()) {
        people.add(rows.getObject(1, UUID.class));
      }
    }
    return people;
  }

  /**
   * What the restored site shall know of it.
   *
   * @param archiveId of the backup
   * @param folder of the backup, where the site goes on to write down who is erased
   * @param erased since the backup was made
   * @param erasedUntil up to when that is known; null if nothing is
   */
  public record Restored(
      String archiveId,
      Instant madeAt,
      Path folder,
      Map<UUID, Instant> erased,
      @Nullable Instant erasedUntil) {}

  /**
   * Leaves out whoever has no templates any more, writes down what happened and commits.
   *
   * @param kept everybody who comes back
   */
  public void finish(Restored restored, Set<UUID> kept) throws SQLException {
    update("set session_replication_role = origin");
    Set<UUID> gone = people();
    gone.removeAll(kept);
    for (UUID person : gone) {
      Instant at = restored.erased().get(person);
      if (at != null) {
        audit("person-erased", person.toString(), Map.of("erasedAt", at.toString()));
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement("delete from person where id = ?")) {
      for (UUID person : gone) {
        delete.setObject(1, person);
        delete.executeUpdate();
      }
    }
    update("delete from person where enrolled_at is null");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into backup (id, made_at, made_by, folder) values (?, ?, 'system', ?)"
                + " on conflict do nothing")) {
      insert.setString(1, restored.archiveId());
      insert.setObject(2, restored.madeAt().atOffset(ZoneOffset.UTC));
      insert.setString(3, restored.folder().toString());
      insert.executeUpdate();
    }
    Map<String, Object> details = new TreeMap<>();
    details.put("backup", restored.archiveId());
    details.put("madeAt", restored.madeAt().toString());
    details.put("people", kept.size());
    details.put("leftOut", gone.size());
    details.put(
        "erasuresKnownUntil",
        restored.erasedUntil() == null ? "never" : restored.erasedUntil().toString());
    audit("site-restored", restored.archiveId(), details);
    connection.commit();
  }

  private void audit(String action, String subject, Map<String, ?> details) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit_entry (at, actor, action, subject, details)"
                + " values (?, 'system', ?, ?, ?)")) {
      insert.setObject(1, OffsetDateTime.now(ZoneOffset.UTC));
      insert.setString(2, action);
      insert.setString(3, subject);
      insert.setString(4, JSON.writeValueAsString(new TreeMap<>(details)));
      insert.executeUpdate();
    }
  }

  private void update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
