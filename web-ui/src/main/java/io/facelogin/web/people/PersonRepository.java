package io.facelogin.web.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Table {@code person}. A row is first pending, while the matcher judges the samples, and only seen
 * from outside once it is enrolled.
 */
@Repository
public class PersonRepository {

  private static final String COLUMNS = "id, name, mail, enrolled_at, templates, weak";

  private final JdbcClient jdbc;

  PersonRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public void insertPending(UUID id, String name, @Nullable String mail, Instant now) {
    jdbc.sql("insert into person (id, name, mail, created_at) values (:id, :name, :mail, :now)")
        .param("id", id)
        .param("name", name)
        .param("mail", mail)
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
        .query(PersonRepository::read)
        .optional();
  }

  /**
   * By name or mail.
   *
   * @param search part of the name or mail, any case; empty for everybody
   */
  public List<Person> search(String search, int offset, int limit) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from person where enrolled_at is not null"
                + " and (lower(name) like :pattern or lower(mail) like :pattern)"
                + " order by lower(name), id offset :offset limit :limit")
        .param("pattern", pattern(search))
        .param("offset", offset)
        .param("limit", limit)
        .query(PersonRepository::read)
        .list();
  }

  public int count(String search) {
    return jdbc.sql(
            "select count(*) from person where enrolled_at is not null"
                + " and (lower(name) like :pattern or lower(mail) like :pattern)")
        .param("pattern", pattern(search))
        .query(Integer.class)
        .single();
  }

  /** Rows that nobody will finish any more: their process died while the matcher judged. */
  public List<UUID> pendingSince(Instant before) {
    return jdbc.sql("select id from person where enrolled_at is null and created_at < :before")
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .list();
  }

  private static String pattern(String search) {
    String literal =
        search
            .strip()
            .toLowerCase(Locale.ROOT)
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_");
    return "%" + literal + "%";
  }

  private static Person read(ResultSet row, int number) throws SQLException {
    return new Person(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("mail"),
        row.getObject("enrolled_at", OffsetDateTime.class).toInstant(),
        row.getInt("templates"),
        row.getBoolean("weak"));
  }
}
