package io.facelogin.matcher.kafka;

import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.matcher.state.Track;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * {@code embeddings} to {@code decisions}. Tracks that are over leave the store by the time of
 * their camera, never by how late its frames come: whoever stood before it while a stage was being
 * replaced is one track, decided once. Those of a camera that went silent leave it by the wall
 * clock, so that memory stays flat.
 */
final class DecideProcessor implements Processor<String, byte[], String, Object> {

  static final String TRACKS = "tracks";

  private static final Duration TIDY_EVERY = Duration.ofSeconds(1);

  private final MatcherCore core;
  private final TrackFollower follower;
  private final StillProbes stills;

  /** When the last frame was taken, of each camera that has tracks. */
  private final Map<String, Long> lastCapturedUs = new HashMap<>();

  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable KeyValueStore<String, Track> tracks;
  private long hereSinceMs = Long.MAX_VALUE;

  DecideProcessor(MatcherCore core) {
    this.core = core;
    follower = new TrackFollower(core.rules(), core.settings().decision(), core.liveness());
    stills = new StillProbes(core.rules());
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    tracks = context.getStateStore(TRACKS);
    // By the time of the records, so that a replay ends them at the same place.
    context.schedule(TIDY_EVERY, PunctuationType.STREAM_TIME, now -> endByTheCamera());
    context.schedule(TIDY_EVERY, PunctuationType.WALL_CLOCK_TIME, this::endByTheWallClock);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    ProcessorContext<String, Object> here = context();
    core.metrics().embeddingsReceived();
    Embeddings embeddings;
    try {
      embeddings = core.records().embeddings(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      core.metrics().deadLetter(MatcherTopology.EMBEDDINGS.name());
      here.forward(Letters.deadLetter(here, record, e), MatcherTopology.EMBEDDINGS_DEAD_LETTERS);
      return;
    }
    long receivedMs = here.currentSystemTimeMs();
    Purpose purpose = embeddings.getFrame().getPurpose();
    if (purpose == Purpose.IDENTIFY) {
      publish(
          core.metrics().timed(() -> stills.decide(embeddings)),
          record.headers(),
          record.timestamp(),
          receivedMs);
    } else if (purpose == Purpose.WATCH || purpose == Purpose.LOGIN) {
      TrackFollower.Step step =
          core.metrics()
              .timed(
                  () ->
                      follower.follow(
                          embeddings,
                          key -> Optional.ofNullable(tracks().get(key)),
                          record.timestamp(),
                          receivedMs));
      step.tracks().forEach(tracks()::put);
      lastCapturedUs.put(
          embeddings.getFrame().getCameraId(), embeddings.getFrame().getCapturedAtUs());
      publish(step.decisions(), record.headers(), record.timestamp(), receivedMs);
    } else {
      core.metrics().embeddingsIgnored();
    }
  }

  private void endByTheCamera() {
    Set<String> watching = new HashSet<>();
    endThose(
        (cameraId, track) -> {
          watching.add(cameraId);
          Long lastUs = lastCapturedUs.get(cameraId);
          return lastUs != null && follower.wasAway(track, lastUs);
        });
    lastCapturedUs.keySet().retainAll(watching);
  }

  /**
   * While the matcher was away nothing could touch a track: without counting from when it was back,
   * whoever stood there all the time would be decided a second time.
   */
  private void endByTheWallClock(long nowMs) {
    hereSinceMs = Math.min(hereSinceMs, nowMs);
    long oldestMs = nowMs - core.settings().decision().cameraSilent().toMillis();
    endThose((cameraId, track) -> Math.max(track.getLastTouchedMs(), hereSinceMs) < oldestMs);
  }

  private void endThose(BiPredicate<String, Track> isOver) {
    try (KeyValueIterator<String, Track> all = tracks().all()) {
      while (all.hasNext()) {
        KeyValue<String, Track> each = all.next();
        int slash = each.key.lastIndexOf('/');
        if (isOver.test(each.key.substring(0, slash), each.value)) {
          follower
              .closing(each.value, Long.parseLong(each.key.substring(slash + 1)))
              .ifPresent(
                  decision ->
                      publish(
                          List.of(decision),
                          new RecordHeaders(),
                          each.value.getLastRecordMs(),
                          each.value.getLastTouchedMs()));
          tracks().delete(each.key);
        }
      }
    }
  }

  private void publish(
      List<Decision.Builder> decisions, Headers headers, long timestampMs, long receivedMs) {
    for (Decision.Builder builder : decisions) {
      Decision decision =
          builder
              .setTrace(
                  DecisionRecords.trace(
                      builder.getTrace(), receivedMs, context().currentSystemTimeMs()))
              .build();
      core.metrics().decision(decision.getOutcome().name());
      context()
          .forward(
              new Record<>(decision.getFrame().getCameraId(), decision, timestampMs, headers),
              MatcherTopology.DECISIONS_SINK);
    }
  }

  private ProcessorContext<String, Object> context() {
    return java.util.Objects.requireNonNull(context, "init was not called");
  }

  private KeyValueStore<String, Track> tracks() {
    return java.util.Objects.requireNonNull(tracks, "init was not called");
  }
}
