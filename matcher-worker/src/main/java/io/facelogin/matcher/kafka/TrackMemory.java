package io.facelogin.matcher.kafka;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.matcher.decision.DecisionRules;
import io.facelogin.matcher.decision.DecisionSettings;
import io.facelogin.matcher.decision.Probe;
import io.facelogin.matcher.decision.ProbeFrame;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.liveness.LivenessRules;
import io.facelogin.matcher.state.SeenFrame;
import io.facelogin.matcher.state.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a track, frame after frame. Stateless; the tracks are handed in and out.
 */
final class TrackMemory {

  private final DecisionRules rules;
  private final DecisionSettings settings;
  private final LivenessRules liveness;

  TrackMemory(DecisionRules rules, DecisionSettings settings, LivenessRules liveness) {
    this.rules = rules;
    this.settings = settings;
    this.liveness = liveness;
  }

  /** Good enough to count. */
  static boolean isGood(EmbeddedFace face) {
    return face.getVectorCount() > 0 && face.getQuality().getReasonsCount() == 0;
  }

  /** Whether what comes now is another track, though it bears the same number. */
  boolean isOver(Track track, Embeddings embeddings) {
    if (track.getFramesSeen() == 0) {
      return false;
    }
    return wasAway(track, embeddings.getFrame().getCapturedAtUs())
        || !track.getModelId().equals(embeddings.getModelId())
        || !track.getSessionId().equals(embeddings.getFrame().getSessionId());
  }

  /**
   * Whether the track was not seen for so long that it is over.
   *
   * @param atUs when its camera took a picture, microseconds since the epoch; long before too, for
   *     clocks are set back
   */
  boolean wasAway(Track track, long atUs) {
    return Math.abs(atUs - track.getLastCapturedUs()) > settings.trackIdle().toNanos() / 1_000;
  }

  Track see(Track before, EmbeddedFace face, Embeddings embeddings, long recordMs, long nowMs) {
    FrameRef frame = embeddings.getFrame();
    float[] vector = TemplateRecords.toArray(face.getVectorList());
    boolean good = isGood(face);
    Track.Builder track =
        touched(before, embeddings, recordMs, nowMs).setFramesSeen(before.getFramesSeen() + 1);
    if (before.getFramesSeen() == 0) {
      track.setFirstCapturedUs(frame.getCapturedAtUs());
    }
    track.setLiveness(
        EvidenceRecords.write(
            liveness.see(
                EvidenceRecords.read(before.getLiveness()),
                frame,
                face,
                good ? vector : new float[0])));
    if (!good) {
      track.clearLastReasons();
      face.getQuality()
          .getReasonsList()
          .forEach(reason -> track.addLastReasons(reason.getNumber()));
      return track.build();
    }
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

  /** A frame that is not of now: with it goes all that was seen before. */
  static Track forget(Track before, Embeddings embeddings, long recordMs, long nowMs) {
    Track known =
        Track.newBuilder()
            .setFirstCapturedUs(
                before.getRevision() == 0
                    ? embeddings.getFrame().getCapturedAtUs()
                    : before.getFirstCapturedUs())
            .setRevision(before.getRevision())
            .setOutcome(before.getOutcome())
            .setPersonId(before.getPersonId())
            .setReason(before.getReason())
            .build();
    return touched(known, embeddings, recordMs, nowMs).build();
  }

  private static Track.Builder touched(
      Track before, Embeddings embeddings, long recordMs, long nowMs) {
    FrameRef frame = embeddings.getFrame();
    return before.toBuilder()
        .setLastCapturedUs(frame.getCapturedAtUs())
        .setLastRecordMs(recordMs)
        .setLastTouchedMs(nowMs)
        .setModelId(embeddings.getModelId())
        .setLastFrame(frame.toByteString())
        .setSessionId(frame.getSessionId())
        .setLastSequence(frame.getSequence());
  }

  Probe probe(Track track) {
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

  static List<float[]> vectors(Track track) {
    return track.getFramesList().stream()
        .map(frame -> TemplateRecords.toArray(frame.getVectorList()))
        .toList();
  }

  private static Optional<PersonId> person(String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(new PersonId(id));
  }

  static FrameRef lastFrame(Track track) {
    try {
      return FrameRef.parseFrom(track.getLastFrame());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException("The state store holds a frame that we did not write", e);
    }
  }
}
