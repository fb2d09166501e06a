package io.facelogin.web.backup;

import io.facelogin.web.backup.Manifest.KeptTable;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * All tables as they were at one moment, in PostgreSQL's own text format, while others write. Reads
 * within one transaction that {@link #close()} ends; the connection stays the caller's.
 */
final class DatabaseExport implements AutoCloseable {

  /**
   * What a restored site makes anew: the history of its tables, and whatever opens doors. A token
   * or a key that was revoked since must not open them again.
   */
  private static final Set<String> LEFT_OUT =
      Set.of("flyway_schema_history", "access_token", "signing_key", "oauth2_authorization");

  private final Connection connection;

  DatabaseExport(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
  }

  Instant now() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select now()")) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  String schema() throws SQLException {
    return text(
        "select version from flyway_schema_history where success and version is not null"
            + " order by installed_rank desc limit 1");
  }

  String auditHead() throws SQLException {
    return text("select encode(sha256, 'hex') from audit_entry order by number desc limit 1");
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  List<KeptTable> tables() throws SQLException {
    List<KeptTable> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select c.table_name, array_agg(c.column_name::text order by c.ordinal_position)"
                    + " from information_schema.columns c join information_schema.tables t"
                    + " using (table_schema, table_name) where t.table_schema = current_schema()"
                    + " and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'"
                    + " group by c.table_name order by c.table_name")) {
      while (rows.next()) {
        if (!LEFT_OUT.contains(rows.getString(1))) {
          tables.add(
              new KeptTable(rows.getString(1), List.of((String[]) rows.getArray(2).getArray())));
        }
      }
    }
    return tables;
  }

  /**
   * @return how many rows were written
   */
  long write(KeptTable table, OutputStream out) throws SQLException, IOException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("copy " + place(table) + " to stdout", out);
  }

  /** The table with its columns, as SQL has it. */
  static String place(KeptTable table) {
    return table.columns().stream()
        .map(DatabaseExport::quoted)
        .collect(Collectors.joining(", ", quoted(table.name()) + " (", ")"));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.setReadOnly(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(true);
  }
}
