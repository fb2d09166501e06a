package io.facelogin.matcher.kafka;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.decision.DecisionRules;
import io.facelogin.matcher.decision.DecisionSettings;
import io.facelogin.matcher.decision.OnePersonOnce;
import io.facelogin.matcher.decision.Probe;
import io.facelogin.matcher.decision.ProbeFrame;
import io.facelogin.matcher.decision.Verdict;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.state.SeenFrame;
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
 * never showed enough. Stateless; the tracks are handed in and out.
 */
final class TrackFollower {

  private final DecisionRules rules;
  private final DecisionSettings settings;

  /** Tracks by key, and the decisions to publish. */
  record Step(Map<String, Track> tracks, List<Decision.Builder> decisions) {}

  /** Where tracks are kept. */
  interface Tracks {
    Optional<Track> find(String key);
  }

  TrackFollower(DecisionRules rules, DecisionSettings settings) {
    this.rules = rules;
    this.settings = settings;
  }

  static String key(String cameraId, long trackId) {
    return cameraId + "/" + trackId;
  }

  /** One frame of a camera: every face goes to its track, then the tracks are judged together. */
  Step follow(Embeddings embeddings, Tracks tracks, long recordMs, long nowMs) {
    FrameRef frame = embeddings.getFrame();
    Map<String, Track> changed = new LinkedHashMap<>();
    List<Decision.Builder> decisions = new ArrayList<>();
    Map<Long, Verdict> verdicts = new LinkedHashMap<>();
    Map<Long, EmbeddedFace> faces = new LinkedHashMap<>();
    for (EmbeddedFace face : embeddings.getFacesList()) {
      String key = key(frame.getCameraId(), face.getTrackId());
      Track before = tracks.find(key).orElse(Track.getDefaultInstance());
      if (isOver(before, embeddings)) {
        closing(before, face.getTrackId()).ifPresent(decisions::add);
        before = Track.getDefaultInstance();
      }
      Track after = see(before, face, embeddings, recordMs, nowMs);
      changed.put(key, after);
      if (isGood(face) && after.getFramesCount() >= settings.goodFrames()) {
        verdicts.put(face.getTrackId(), rules.decide(probe(after)));
        faces.put(face.getTrackId(), face);
      }
    }
    OnePersonOnce.settle(verdicts);
    verdicts.forEach(
        (trackId, verdict) -> {
          String key = key(frame.getCameraId(), trackId);
          Track track = changed.getOrDefault(key, Track.getDefaultInstance());
          if (isNews(track, verdict)) {
            Track revised =
                track.toBuilder()
                    .setRevision(track.getRevision() + 1)
                    .setOutcome(DecisionRecords.outcome(verdict).getNumber())
                    .setPersonId(DecisionRecords.person(verdict))
                    .build();
            changed.put(key, revised);
            decisions.add(
                decision(DecisionRecords.of(verdict), revised, frame, trackId)
                    .setBox(faces.getOrDefault(trackId, EmbeddedFace.getDefaultInstance()).getBox())
                    .setTrace(embeddings.getTrace()));
          }
        });
    return new Step(changed, decisions);
  }

  /**
   * The last word on a track that is over: nothing when it was decided, or was too short to mean
   * anything (a face found by mistake).
   */
  Optional<Decision.Builder> closing(Track track, long trackId) {
    if (track.getRevision() > 0 || track.getFramesSeen() < settings.goodFrames()) {
      return Optional.empty();
    }
    Verdict verdict = rules.decide(probe(track));
    Set<Reason> reasons = new LinkedHashSet<>(Set.of(verdict.decision().reason()));
    track.getLastReasonsList().forEach(number -> reasons.add(Reason.forNumber(number)));
    return Optional.of(
        decision(
                DecisionRecords.of(verdict).clearReasons().addAllReasons(reasons),
                track.toBuilder().setRevision(1).build(),
                lastFrame(track),
                trackId)
            .setOutcome(Outcome.UNKNOWN)
            .setPersonId(""));
  }

  /** Good enough to count. */
  static boolean isGood(EmbeddedFace face) {
    return face.getVectorCount() > 0 && face.getQuality().getReasonsCount() == 0;
  }

  private boolean isOver(Track track, Embeddings embeddings) {
    if (track.getFramesSeen() == 0) {
      return false;
    }
    long gapUs = embeddings.getFrame().getCapturedAtUs() - track.getLastCapturedUs();
    return Math.abs(gapUs) > settings.trackIdle().toNanos() / 1_000
        || !track.getModelId().equals(embeddings.getModelId());
  }

  private Track see(
      Track before, EmbeddedFace face, Embeddings embeddings, long recordMs, long nowMs) {
    FrameRef frame = embeddings.getFrame();
    Track.Builder track =
        before.toBuilder()
            .setFramesSeen(before.getFramesSeen() + 1)
            .setLastCapturedUs(frame.getCapturedAtUs())
            .setLastRecordMs(recordMs)
            .setLastTouchedMs(nowMs)
            .setModelId(embeddings.getModelId())
            .setLastFrame(frame.toByteString());
    if (before.getFramesSeen() == 0) {
      track.setFirstCapturedUs(frame.getCapturedAtUs());
    }
    if (!isGood(face)) {
      track.clearLastReasons();
      face.getQuality()
          .getReasonsList()
          .forEach(reason -> track.addLastReasons(reason.getNumber()));
      return track.build();
    }
    float[] vector = TemplateRecords.toArray(face.getVectorList());
    track.addFrames(
        SeenFrame.newBuilder()
            .addAllVector(face.getVectorList())
            .setWeight(face.getQuality().getOverall())
            .setAlonePersonId(
                rules
                    .nameAlone(new ModelId(embeddings.getModelId()), vector)
                    .map(PersonId::value)
                    .orElse("")));
    while (track.getFramesCount() > settings.framesRemembered()) {
      track.removeFrames(0);
    }
    return track.build();
  }

  private Probe probe(Track track) {
    List<ProbeFrame> frames = new ArrayList<>();
    for (SeenFrame frame : track.getFramesList()) {
      frames.add(
          new ProbeFrame(
              TemplateRecords.toArray(frame.getVectorList()),
              frame.getWeight(),
              person(frame.getAlonePersonId())));
    }
    return new Probe(
        new ModelId(track.getModelId()),
        frames,
        settings.goodFrames(),
        person(track.getPersonId()));
  }

  private static Optional<PersonId> person(String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(new PersonId(id));
  }

  private static boolean isNews(Track track, Verdict verdict) {
    return track.getRevision() == 0
        || track.getOutcome() != DecisionRecords.outcome(verdict).getNumber()
        || !track.getPersonId().equals(DecisionRecords.person(verdict));
  }

  private static Decision.Builder decision(
      Decision.Builder decision, Track track, FrameRef frame, long trackId) {
    return decision
        .setDecisionId(
            DecisionRecords.id(frame, trackId, track.getFirstCapturedUs(), track.getRevision()))
        .setFrame(frame)
        .setTrackId(trackId)
        .setRevision(track.getRevision())
        .setModelId(track.getModelId());
  }

  private static FrameRef lastFrame(Track track) {
    try {
      return FrameRef.parseFrom(track.getLastFrame());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException("The state store holds a frame that we did not write", e);
    }
  }
}
