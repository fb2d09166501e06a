package io.facelogin.web.decisions;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is kept.
 *
 * @param personId only when accepted; null also when that person is erased since
 * @param cosineSimilarity of the best person, null if nothing was compared
 */
public record DecisionRow(
    String id,
    String cameraId,
    long trackId,
    int revision,
    String purpose,
    String outcome,
    List<String> reasons,
    @Nullable UUID personId,
    @Nullable Float cosineSimilarity,
    float threshold,
    double fpirAtGallerySize,
    int galleryPeople,
    int framesUsed,
    Instant capturedAt,
    Instant decidedAt) {

  /**
   * @throws IllegalArgumentException if the record cannot be a decision of ours: no id, no outcome,
   *     a person id that is none
   */
  static DecisionRow of(Decision decision) {
    if (decision.getDecisionId().isBlank()) {
      throw new IllegalArgumentException("A decision without id");
    }
    if (decision.getOutcome() == Outcome.OUTCOME_UNSPECIFIED
        || decision.getOutcome() == Outcome.UNRECOGNIZED) {
      throw new IllegalArgumentException("Decision " + decision.getDecisionId() + " says nothing");
    }
    boolean accepted = decision.getOutcome() == Outcome.ACCEPTED;
    FrameRef frame = decision.getFrame();
    return new DecisionRow(
        decision.getDecisionId(),
        frame.getCameraId(),
        decision.getTrackId(),
        decision.getRevision(),
        frame.getPurpose().name(),
        decision.getOutcome().name(),
        decision.getReasonsList().stream().map(Reason::name).toList(),
        accepted ? UUID.fromString(decision.getPersonId()) : null,
        decision.hasCosineSimilarity() ? decision.getCosineSimilarity() : null,
        decision.getThreshold(),
        decision.getFpirAtGallerySize(),
        decision.getGalleryPeople(),
        decision.getFramesUsed(),
        at(frame.getCapturedAtUs()),
        at(decision.getTrace().getDecidedUs()));
  }

  /** What the audit keeps: ids and the verdict; no names, nothing that was measured on a face. */
  Map<String, Object> forAudit() {
    Map<String, Object> details = new TreeMap<>();
    details.put("outcome", outcome);
    details.put("reasons", reasons);
    details.put("camera", cameraId);
    details.put("purpose", purpose);
    details.put("revision", revision);
    if (personId != null) {
      details.put("person", personId.toString());
    }
    return details;
  }

  private static Instant at(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }
}
