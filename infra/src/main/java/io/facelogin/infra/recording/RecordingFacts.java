package io.facelogin.infra.recording;

import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/**
 * What stands at the head of a recording.
 *
 * @param recordedAt when it was begun
 * @param comparedFrom decisions on frames taken before belong to the lead-in and are not compared:
 *     the tracks that were under way then are only being picked up
 * @param topics that were recorded
 */
public record RecordingFacts(Instant recordedAt, Instant comparedFrom, List<String> topics) {

  private static final String RECORDED_AT = "recorded-at";
  private static final String COMPARED_FROM = "compared-from";
  private static final String TOPICS = "topics";

  public RecordingFacts {
    topics = List.copyOf(topics);
  }

  Properties toProperties() {
    Properties properties = new Properties();
    properties.setProperty(RECORDED_AT, recordedAt.toString());
    properties.setProperty(COMPARED_FROM, comparedFrom.toString());
    properties.setProperty(TOPICS, String.join(",", new TreeSet<>(topics)));
    return properties;
  }

  static RecordingFacts of(Properties properties) {
    return new RecordingFacts(
        Instant.parse(properties.getProperty(RECORDED_AT)),
        Instant.parse(properties.getProperty(COMPARED_FROM)),
        List.of(properties.getProperty(TOPICS).split(",")));
  }
}
