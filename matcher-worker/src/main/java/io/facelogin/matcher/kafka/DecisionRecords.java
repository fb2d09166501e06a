package io.facelogin.matcher.kafka;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Trace;
import io.facelogin.matcher.decision.Decision.Accepted;
import io.facelogin.matcher.decision.Decision.Rejected;
import io.facelogin.matcher.decision.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Verdicts as the topic {@code decisions} writes them. */
final class DecisionRecords {

  private DecisionRecords() {}

  static Decision.Builder of(Verdict verdict) {
    Decision.Builder record =
        Decision.newBuilder()
            .setOutcome(outcome(verdict))
            .addReasons(verdict.decision().reason())
            .setPersonId(person(verdict))
            .setThreshold(verdict.threshold().cosineSimilarity())
            .setFpirAtGallerySize(verdict.threshold().fpirAtGallerySize())
            .setThresholdExtrapolated(verdict.threshold().extrapolated())
            .setGalleryPeople(verdict.galleryPeople())
            .setFramesUsed(verdict.framesUsed());
    verdict.bestCosineSimilarity().ifPresent(s -> record.setCosineSimilarity((float) s));
    verdict
        .runnerUpCosineSimilarity()
        .ifPresent(s -> record.setRunnerUpCosineSimilarity((float) s));
    return record;
  }

  static Outcome outcome(Verdict verdict) {
    if (verdict.decision() instanceof Accepted) {
      return Outcome.ACCEPTED;
    }
    return verdict.decision() instanceof Rejected ? Outcome.REJECTED : Outcome.UNKNOWN;
  }

  /** Empty unless accepted. */
  static String person(Verdict verdict) {
    return verdict.decision() instanceof Accepted accepted ? accepted.person().value() : "";
  }

  /**
   * The same for the same camera, track and revision. The capture time of the track's first frame
   * belongs to it, since a detector that starts anew counts its tracks from the beginning.
   */
  static String id(FrameRef frame, long trackId, long trackBegunUs, int revision) {
    String name =
        String.join(
            "/",
            "decision",
            frame.getCameraId(),
            frame.getSessionId(),
            Long.toString(trackId),
            Long.toString(trackBegunUs),
            Integer.toString(revision));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static Trace trace(Trace before, long receivedMs, long decidedMs) {
    return before.toBuilder()
        .setMatcherReceivedUs(receivedMs * 1_000)
        .setDecidedUs(decidedMs * 1_000)
        .build();
  }
}
