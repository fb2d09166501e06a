package io.facelogin.contract.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a site keeps what it has seen and decided. A topic never keeps longer than it is good
 * for ({@link Topics}), and never longer than this allows.
 *
 * @param decisions rows of the database and records of the topic
 * @param faces pictures and vectors of whoever came before a camera or a browser, unknown people
 *     too; dead letters of theirs
 */
public record Retention(Duration decisions, Duration faces) {

  private static final Duration LEAST = Duration.ofHours(1);
  private static final Duration MOST = Duration.ofDays(3_650);

  public Retention {
    checked("decisions", decisions);
    checked("faces", faces);
  }

  private static void checked(String name, Duration time) {
    if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          name + " must be kept between an hour and 3650 days, got " + time);
    }
  }

  public static Retention defaults() {
    return new Retention(Duration.ofDays(30), Duration.ofDays(1));
  }

  /** For each topic that people pass through, by its name: how long it keeps a record. */
  Map<String, Duration> byTopic() {
    Map<String, Duration> kept = new LinkedHashMap<>();
    kept.put(Topics.FRAMES.deadLetterName(), shorter(TopicSetup.DEAD_LETTERS, faces));
    for (Topic<?> topic : new Topic<?>[] {Topics.FACES, Topics.EMBEDDINGS, Topics.ENROLMENTS}) {
      kept.put(topic.name(), shorter(topic.retention().orElseThrow(), faces));
      kept.put(topic.deadLetterName(), shorter(TopicSetup.DEAD_LETTERS, faces));
    }
    kept.put(
        Topics.DECISIONS.name(), shorter(Topics.DECISIONS.retention().orElseThrow(), decisions));
    kept.put(Topics.DECISIONS.deadLetterName(), shorter(TopicSetup.DEAD_LETTERS, decisions));
    return kept;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
