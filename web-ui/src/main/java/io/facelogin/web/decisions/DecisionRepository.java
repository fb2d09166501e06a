package io.facelogin.web.decisions;

import io.facelogin.web.people.SealedNames;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code decision}. */
@Repository
public class DecisionRepository {

  private static final String WHERE =
      " from decision d left join person p on p.id = d.person_id"
          + " where (:camera::text is null or d.camera_id = :camera)"
          + " and (:person::uuid is null or d.person_id = :person)"
          + " and (:outcome::text is null or d.outcome = :outcome)"
          + " and (:from::timestamptz is null or d.decided_at >= :from)"
          + " and (:to::timestamptz is null or d.decided_at < :to)";

  private final JdbcClient jdbc;
  private final SealedNames names;

  DecisionRepository(JdbcClient jdbc, SealedNames names) {
    this.jdbc = jdbc;
    this.names = names;
  }

  /** A kept decision with the name of its person, who may have none any more. */
  public record Shown(DecisionRow decision, @Nullable String personName) {}

  /**
   * Keeps a decision once, however often it is read from the topic. A person who is not enrolled
   * (any more) leaves no trace.
   *
   * @return false if it was kept before
   */
  public boolean insert(DecisionRow row) {
    return jdbc.sql(
                "insert into decision (id, camera_id, track_id, revision, purpose, outcome,"
                    + " reasons, person_id, cosine_similarity, threshold, fpir_at_gallery_size,"
                    + " gallery_people, frames_used, captured_at, decided_at) values (:id,"
                    + " :camera, :track, :revision, :purpose, :outcome, :reasons::text[],"
                    + " (select id from person where id = :person::uuid), :similarity::real,"
                    + " :threshold, :fpir, :people, :frames, :captured, :decided)"
                    + " on conflict (id) do nothing")
            .param("id", row.id())
            .param("camera", row.cameraId())
            .param("track", row.trackId())
            .param("revision", row.revision())
            .param("purpose", row.purpose())
            .param("outcome", row.outcome())
            .param("reasons", "{" + String.join(",", row.reasons()) + "}")
            .param("person", row.personId())
            .param("similarity", row.cosineSimilarity())
            .param("threshold", row.threshold())
            .param("fpir", row.fpirAtGallerySize())
            .param("people", row.galleryPeople())
            .param("frames", row.framesUsed())
            .param("captured", row.capturedAt().atOffset(ZoneOffset.UTC))
            .param("decided", row.decidedAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Newest first. */
  public List<Shown> find(DecisionFilter filter, int offset, int limit) {
    return selected(
            "select d.*, p.sealed_name"
                + WHERE
                + " order by d.decided_at desc, d.id offset :offset limit :limit",
            filter)
        .param("offset", offset)
        .param("limit", limit)
        .query(this::read)
        .list();
  }

  public int count(DecisionFilter filter) {
    return selected("select count(*)" + WHERE, filter).query(Integer.class).single();
  }

  /** Row by row, however many there are: in a transaction the driver fetches them in portions. */
  @Transactional(readOnly = true)
  public void forEach(DecisionFilter filter, Consumer<Shown> consumer) {
    try (Stream<Shown> rows =
        selected("select d.*, p.sealed_name" + WHERE + " order by d.decided_at desc, d.id", filter)
            .withFetchSize(500)
            .query(this::read)
            .stream()) {
      rows.forEach(consumer);
    }
  }

  public int countOfPerson(UUID person) {
    return jdbc.sql("select count(*) from decision where person_id = :person")
        .param("person", person)
        .query(Integer.class)
        .single();
  }

  /** How many were decided before. */
  int countBefore(Instant before) {
    return jdbc.sql("select count(*) from decision where decided_at < :before")
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  /**
   * Forgets the oldest of those decided before.
   *
   * @return how many went, at most the limit
   */
  int deleteBefore(Instant before, int limit) {
    return jdbc.sql(
            "delete from decision where id in (select id from decision where decided_at < :before"
                + " order by decided_at limit :limit)")
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .update();
  }

  private JdbcClient.StatementSpec selected(String sql, DecisionFilter filter) {
    return jdbc.sql(sql)
        .param("camera", filter.cameraId())
        .param("person", filter.personId())
        .param("outcome", filter.outcome())
        .param("from", filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC))
        .param("to", filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC));
  }

  private Shown read(ResultSet row, int number) throws SQLException {
    Array reasons = row.getArray("reasons");
    DecisionRow decision =
        new DecisionRow(
            row.getString("id"),
            row.getString("camera_id"),
            row.getLong("track_id"),
            row.getInt("revision"),
            row.getString("purpose"),
            row.getString("outcome"),
            Arrays.asList((String[]) reasons.getArray()),
            row.getObject("person_id", UUID.class),
            row.getObject("cosine_similarity", Float.class),
            row.getFloat("threshold"),
            row.getDouble("fpir_at_gallery_size"),
            row.getInt("gallery_people"),
            row.getInt("frames_used"),
            row.getObject("captured_at", OffsetDateTime.class).toInstant(),
            row.getObject("decided_at", OffsetDateTime.class).toInstant());
    UUID person = decision.personId();
    byte[] sealed = row.getBytes("sealed_name");
    return new Shown(
        decision,
        person == null || sealed == null ? null : names.name(person, sealed).orElse(null));
  }
}
