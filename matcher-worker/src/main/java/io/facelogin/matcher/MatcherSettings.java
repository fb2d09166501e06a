package io.facelogin.matcher;

import io.facelogin.matcher.decision.DecisionSettings;
import io.facelogin.matcher.enrolment.EnrolmentSettings;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.models.liveness.LivenessSettings;
import java.nio.file.Path;

/**
 * Every setting of a matcher.
 *
 * @param workerId names this matcher among those of one broker and stays the same over restarts: a
 *     restart then goes on at once. Two running matchers must not share one
 * @param dataFolder where this matcher keeps its gallery, index and stores, in a folder named after
 *     workerId. All of it can be thrown away: it is rebuilt from Kafka
 * @param replicationFactor of the topics that the matcher makes: 1 on a single broker, 3 on a
 *     cluster
 * @param threads that decide and enrol
 * @param galleryMapBytes room for the gallery on disk; a sparse file, which doubles when it is full
 */
public record MatcherSettings(
    String workerId,
    Path dataFolder,
    short replicationFactor,
    int threads,
    long galleryMapBytes,
    IndexSettings index,
    DecisionSettings decision,
    LivenessSettings liveness,
    EnrolmentSettings enrolment) {

  private static final long SMALLEST_MAP_BYTES = 1 << 20;

  public MatcherSettings {
    if (!workerId.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "workerId must be 1 to 100 letters, digits, dots, dashes or underscores, got "
              + workerId);
    }
    if (replicationFactor < 1) {
      throw new IllegalArgumentException(
          "replicationFactor must be at least 1, got " + replicationFactor);
    }
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads must be 1 to 64, got " + threads);
    }
    if (galleryMapBytes < SMALLEST_MAP_BYTES) {
      throw new IllegalArgumentException(
          "galleryMapBytes must be at least " + SMALLEST_MAP_BYTES + ", got " + galleryMapBytes);
    }
  }

  public static MatcherSettings defaults() {
    return new MatcherSettings(
        "matcher-1",
        Path.of("data", "matcher"),
        (short) 1,
        2,
        8L << 30,
        IndexSettings.defaults(),
        DecisionSettings.defaults(),
        LivenessSettings.defaults(),
        EnrolmentSettings.defaults());
  }

  public MatcherSettings withWorkerId(String workerId) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  public MatcherSettings withDataFolder(Path dataFolder) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  public MatcherSettings withReplicationFactor(short replicationFactor) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  public MatcherSettings withIndex(IndexSettings index) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  public MatcherSettings withDecision(DecisionSettings decision) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  public MatcherSettings withLiveness(LivenessSettings liveness) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  public MatcherSettings withEnrolment(EnrolmentSettings enrolment) {
    return new MatcherSettings(
        workerId,
        dataFolder,
        replicationFactor,
        threads,
        galleryMapBytes,
        index,
        decision,
        liveness,
        enrolment);
  }

  /** This matcher's own folder. */
  public Path ownFolder() {
    return dataFolder.resolve(workerId);
  }
}
