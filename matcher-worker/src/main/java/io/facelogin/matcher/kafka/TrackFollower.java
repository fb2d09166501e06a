package io.facelogin.matcher.kafka;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.decision.Decision.Rejected;
import io.facelogin.matcher.decision.DecisionRules;
import io.facelogin.matcher.decision.DecisionSettings;
import io.facelogin.matcher.decision.OnePersonOnce;
import io.facelogin.matcher.decision.Verdict;
import io.facelogin.matcher.liveness.Evidence;
import io.facelogin.matcher.liveness.Finding;
import io.facelogin.matcher.liveness.LivenessRules;
import io.facelogin.matcher.state.Track;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers the frames of each track of a site camera or browser, and tells what is new about it: the
 * first time that its outcome is settled, whenever outcome or person change, and at its end when it
 * never showed enough. Of somebody who logs in nothing is told before the checks for life have
 * answered: a photograph does not even learn whether the person is known here. Stateless; the
 * tracks are handed in and out.
 */
final class TrackFollower {

  private final DecisionRules rules;
  private final DecisionSettings settings;
  private final LivenessRules liveness;
  private final TrackMemory memory;

  /** Tracks by key, and the decisions to publish. */
  record Step(Map<String, Track> tracks, List<Decision.Builder> decisions) {}

  /** Where tracks are kept. */
  interface Tracks {
    Optional<Track> find(String key);
  }

  TrackFollower(DecisionRules rules, DecisionSettings settings, LivenessRules liveness) {
    this.rules = rules;
    this.settings = settings;
    this.liveness = liveness;
    this.memory = new TrackMemory(rules, settings, liveness);
  }

  static String key(String cameraId, long trackId) {
    return cameraId + "/" + trackId;
  }

  /** Whether the track is over at a time of its camera, microseconds since the epoch. */
  boolean wasAway(Track track, long atUs) {
    return memory.wasAway(track, atUs);
  }

  /** One frame of a camera: every face goes to its track, then the tracks are judged together. */
  Step follow(Embeddings embeddings, Tracks tracks, long recordMs, long nowMs) {
    FrameRef frame = embeddings.getFrame();
    boolean login = frame.getPurpose() == Purpose.LOGIN;
    boolean fresh = !login || liveness.isFresh(frame, nowMs);
    Map<String, Track> changed = new LinkedHashMap<>();
    List<Decision.Builder> decisions = new ArrayList<>();
    Map<Long, Verdict> verdicts = new LinkedHashMap<>();
    Map<Long, EmbeddedFace> faces = new LinkedHashMap<>();
    for (EmbeddedFace face : embeddings.getFacesList()) {
      String key = key(frame.getCameraId(), face.getTrackId());
      Track before = tracks.find(key).orElse(Track.getDefaultInstance());
      if (memory.isOver(before, embeddings)) {
        closing(before, face.getTrackId()).ifPresent(decisions::add);
        before = Track.getDefaultInstance();
      }
      if (login && frame.getSequence() <= before.getLastSequence()) {
        // A record that comes again proves nothing new.
        continue;
      }
      faces.put(face.getTrackId(), face);
      if (!fresh) {
        changed.put(key, TrackMemory.forget(before, embeddings, recordMs, nowMs));
        verdicts.put(face.getTrackId(), rules.refused(Reason.STALE));
        continue;
      }
      Track after = memory.see(before, face, embeddings, recordMs, nowMs);
      changed.put(key, after);
      if (after.getFramesCount() >= settings.goodFrames()
          && (TrackMemory.isGood(face) || isAwaited(frame, after))) {
        verdicts.put(face.getTrackId(), rules.decide(memory.probe(after)));
      }
    }
    OnePersonOnce.settle(verdicts);
    verdicts.forEach(
        (trackId, verdict) -> {
          String key = key(frame.getCameraId(), trackId);
          Track track = changed.getOrDefault(key, Track.getDefaultInstance());
          Optional<Verdict> told = told(frame, track, verdict);
          told.flatMap(TrackFollower::refusal)
              .ifPresent(reason -> changed.put(key, failed(track, reason)));
          if (told.isPresent() && isNews(track, told.get())) {
            Track revised = revised(changed.getOrDefault(key, track), told.get());
            changed.put(key, revised);
            decisions.add(
                decision(DecisionRecords.of(told.get()), revised, frame, trackId)
                    .setBox(faces.getOrDefault(trackId, EmbeddedFace.getDefaultInstance()).getBox())
                    .setTrace(embeddings.getTrace()));
          }
        });
    return new Step(changed, decisions);
  }

  /** Whether a frame that shows nobody better may still settle the checks for life. */
  private boolean isAwaited(FrameRef frame, Track track) {
    return liveness.isWanted(frame.getPurpose()) && track.getRevision() == 0;
  }

  /** What is told of a verdict; nothing while a check that is required has not answered. */
  private Optional<Verdict> told(FrameRef frame, Track track, Verdict verdict) {
    if (!liveness.isWanted(frame.getPurpose()) || !wasCompared(verdict)) {
      return Optional.of(verdict);
    }
    Finding finding =
        liveness.judge(
            frame.getPurpose(),
            EvidenceRecords.read(track.getLiveness()),
            TrackMemory.vectors(track),
            track.getFirstCapturedUs(),
            frame.getCapturedAtUs());
    if (finding instanceof Finding.Failed failed) {
      return Optional.of(verdict.withDecision(new Rejected(failed.reason())));
    }
    return finding instanceof Finding.Passed ? Optional.of(verdict) : Optional.empty();
  }

  /** Otherwise the verdict says nothing of who it is. */
  private static boolean wasCompared(Verdict verdict) {
    return verdict.bestCosineSimilarity().isPresent();
  }

  /** Why the track is refused for good, if it is: what looked like an attack stays one. */
  private static Optional<Reason> refusal(Verdict verdict) {
    return wasCompared(verdict) && verdict.decision() instanceof Rejected rejected
        ? Optional.of(rejected.reason())
        : Optional.empty();
  }

  private static Track failed(Track track, Reason reason) {
    Evidence evidence = EvidenceRecords.read(track.getLiveness()).failedFor(reason);
    return track.toBuilder().setLiveness(EvidenceRecords.write(evidence)).build();
  }

  private static Track revised(Track track, Verdict verdict) {
    return track.toBuilder()
        .setRevision(track.getRevision() + 1)
        .setOutcome(DecisionRecords.outcome(verdict).getNumber())
        .setPersonId(DecisionRecords.person(verdict))
        .setReason(verdict.decision().reason().getNumber())
        .build();
  }

  /**
   * The last word on a track that is over: nothing when it was decided, or was too short to mean
   * anything (a face found by mistake).
   */
  Optional<Decision.Builder> closing(Track track, long trackId) {
    if (track.getRevision() > 0 || track.getFramesSeen() < settings.goodFrames()) {
      return Optional.empty();
    }
    FrameRef frame = TrackMemory.lastFrame(track);
    Verdict verdict = rules.decide(memory.probe(track));
    boolean unchecked = liveness.isWanted(frame.getPurpose()) && wasCompared(verdict);
    Set<Reason> reasons =
        new LinkedHashSet<>(Set.of(unchecked ? Reason.CHECK_MISSING : verdict.decision().reason()));
    track.getLastReasonsList().forEach(number -> reasons.add(Reason.forNumber(number)));
    return Optional.of(
        decision(
                DecisionRecords.of(verdict).clearReasons().addAllReasons(reasons),
                track.toBuilder().setRevision(1).build(),
                frame,
                trackId)
            .setOutcome(unchecked ? Outcome.REJECTED : Outcome.UNKNOWN)
            .setPersonId(""));
  }

  private static boolean isNews(Track track, Verdict verdict) {
    return track.getRevision() == 0
        || track.getOutcome() != DecisionRecords.outcome(verdict).getNumber()
        || !track.getPersonId().equals(DecisionRecords.person(verdict))
        || (verdict.decision() instanceof Rejected rejected
            && track.getReason() != rejected.reason().getNumber());
  }

  private static Decision.Builder decision(
      Decision.Builder decision, Track track, FrameRef frame, long trackId) {
    EvidenceRecords.read(track.getLiveness())
        .attack()
        .meanScore()
        .ifPresent(score -> decision.setAttackScore((float) score));
    return decision
        .setDecisionId(
            DecisionRecords.id(frame, trackId, track.getFirstCapturedUs(), track.getRevision()))
        .setFrame(frame)
        .setTrackId(trackId)
        .setRevision(track.getRevision())
        .setModelId(track.getModelId());
  }
}
