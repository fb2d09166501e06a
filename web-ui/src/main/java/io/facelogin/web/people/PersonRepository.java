package io.facelogin.web.people;

import io.facelogin.contract.secret.DataKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Table {@code person}. A row is first pending, while the matcher judges the samples, and only seen
 * from outside once it is enrolled. Names are sealed, so they are searched and sorted in memory: 10
 * ms for some thousand people. Whose key is gone is gone, though the row may still be there.
 */
@Repository
public class PersonRepository {

  private static final String COLUMNS =
      "id, sealed_name, sealed_mail, enrolled_at, templates, weak";

  /** Every table that names people, and by which column. */
  private static final Map<String, String> PERSON_COLUMNS =
      new TreeMap<>(
          Map.of(
              "person", "id::text",
              "consent", "person_id::text",
              "decision", "person_id::text",
              "oauth2_authorization", "principal_name",
              "oauth2_authorization_consent", "principal_name",
              "audit_entry", "subject"));

  private static final Comparator<Person> BY_NAME =
      Comparator.comparing((Person person) -> lower(person.name())).thenComparing(Person::id);

  private final JdbcClient jdbc;
  private final SealedNames names;

  PersonRepository(JdbcClient jdbc, SealedNames names) {
    this.jdbc = jdbc;
    this.names = names;
  }

  /**
   * @param key of this person, which the broker has already
   */
  public void insertPending(UUID id, String name, @Nullable String mail, DataKey key, Instant now) {
    jdbc.sql(
            "insert into person (id, sealed_name, sealed_mail, created_at)"
                + " values (:id, :name, :mail, :now)")
        .param("id", id)
        .param("name", SealedNames.seal(id, name, key))
        .param("mail", SealedNames.sealMail(id, mail, key), Types.BINARY)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * @return false if the row is gone meanwhile
   */
  public boolean markEnrolled(UUID id, int templates, boolean weak, Instant now) {
    return jdbc.sql(
                "update person set enrolled_at = :now, templates = :templates, weak = :weak"
                    + " where id = :id")
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("templates", templates)
            .param("weak", weak)
            .param("id", id)
            .update()
        == 1;
  }

  /** Takes consent along and the name off the decisions. */
  public boolean delete(UUID id) {
    return jdbc.sql("delete from person where id = :id").param("id", id).update() == 1;
  }

  public Optional<Person> enrolled(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from person where id = :id and enrolled_at is not null")
        .param("id", id)
        .query(this::read)
        .optional()
        .flatMap(person -> person);
  }

  /**
   * By name or mail.
   *
   * @param search part of the name or mail, any case; empty for everybody
   */
  public Found search(String search, int offset, int limit) {
    String wanted = lower(search.strip());
    List<Person> all =
        jdbc
            .sql("select " + COLUMNS + " from person where enrolled_at is not null")
            .query(this::read)
            .list()
            .stream()
            .flatMap(Optional::stream)
            .filter(person -> matches(person, wanted))
            .sorted(BY_NAME)
            .toList();
    return new Found(all.stream().skip(offset).limit(limit).toList(), all.size());
  }

  /**
   * A part of those who were found.
   *
   * @param total all of them
   */
  public record Found(List<Person> people, int total) {}

  private static boolean matches(Person person, String wanted) {
    String mail = person.mail();
    return lower(person.name()).contains(wanted) || (mail != null && lower(mail).contains(wanted));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** How many rows of each table say anything of a person, also of one who is erased. */
  public Map<String, Integer> rowsOf(UUID id) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    PERSON_COLUMNS.forEach(
        (table, column) ->
            rows.put(
                table,
                jdbc.sql("select count(*) from " + table + " where " + column + " = :id")
                    .param("id", id.toString())
                    .query(Integer.class)
                    .single()));
    return rows;
  }

  /** Rows that nobody will finish any more: their process died while the matcher judged. */
  public List<UUID> pendingSince(Instant before) {
    return jdbc.sql("select id from person where enrolled_at is null and created_at < :before")
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .list();
  }

  private Optional<Person> read(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    byte[] sealedMail = row.getBytes("sealed_mail");
    String mail = sealedMail == null ? null : names.mail(id, sealedMail).orElse(null);
    Instant enrolledAt = row.getObject("enrolled_at", OffsetDateTime.class).toInstant();
    int templates = row.getInt("templates");
    boolean weak = row.getBoolean("weak");
    return names
        .name(id, row.getBytes("sealed_name"))
        .map(name -> new Person(id, name, mail, enrolledAt, templates, weak));
  }
}
