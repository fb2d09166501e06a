package io.facelogin.infra.recording;

import io.facelogin.contract.kafka.Topic;
import io.facelogin.contract.kafka.Topics;
import java.time.Duration;
import java.util.List;

/**
 * Settings of a recording.
 *
 * @param topics what is recorded. Without frames, embeddings, decisions, gallery and person-keys it
 *     cannot be replayed and compared
 * @param duration from now on; the recorder may be stopped before
 * @param leadIn what the broker still holds from before is recorded too, so that a replay knows the
 *     tracks that are under way now
 * @param settling how long to go on, after the last frame, for what is decided of it: the matcher
 *     says its last word on a track ten seconds after it was seen
 * @param patience how long to wait, after the end, for the last frames to be encoded
 */
public record RecorderSettings(
    List<Topic<?>> topics,
    Duration duration,
    Duration leadIn,
    Duration settling,
    Duration patience) {

  /** What a replay needs. */
  static final List<Topic<?>> REPLAYABLE =
      List.of(
          Topics.FRAMES, Topics.EMBEDDINGS, Topics.DECISIONS, Topics.GALLERY, Topics.PERSON_KEYS);

  private static final Duration LONGEST_LEAD_IN = Duration.ofMinutes(1);

  public RecorderSettings {
    topics = List.copyOf(topics);
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("Nothing to record: name at least one topic");
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be above zero, got " + duration);
    }
    // The lead-in is put in order in memory.
    if (leadIn.isNegative() || leadIn.compareTo(LONGEST_LEAD_IN) > 0) {
      throw new IllegalArgumentException(
          "leadIn must be 0 to " + LONGEST_LEAD_IN.toSeconds() + " s, got " + leadIn);
    }
  }

  public static RecorderSettings defaults() {
    return new RecorderSettings(
        REPLAYABLE,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(12),
        Duration.ofSeconds(30));
  }

  public RecorderSettings withDuration(Duration newDuration) {
    return new RecorderSettings(topics, newDuration, leadIn, settling, patience);
  }

  public RecorderSettings withLeadIn(Duration newLeadIn) {
    return new RecorderSettings(topics, duration, newLeadIn, settling, patience);
  }

  public RecorderSettings withTopics(List<Topic<?>> newTopics) {
    return new RecorderSettings(newTopics, duration, leadIn, settling, patience);
  }
}
