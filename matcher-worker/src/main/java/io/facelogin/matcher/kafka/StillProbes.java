package io.facelogin.matcher.kafka;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.decision.DecisionRules;
import io.facelogin.matcher.decision.OnePersonOnce;
import io.facelogin.matcher.decision.Probe;
import io.facelogin.matcher.decision.ProbeFrame;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import io.facelogin.matcher.decision.Verdict;
import io.facelogin.matcher.gallery.TemplateRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides still pictures at once: faces of one request with the same track id are one probe. Every
 * face that was encoded counts, since there will be no better frame.
 */
final class StillProbes {

  private final DecisionRules rules;

  StillProbes(DecisionRules rules) {
    this.rules = rules;
  }

  /** At least one decision per request: somebody is waiting for it. */
  List<Decision.Builder> decide(Embeddings embeddings) {
    FrameRef frame = embeddings.getFrame();
    Map<Long, List<ProbeFrame>> frames = new LinkedHashMap<>();
    Map<Long, EmbeddedFace> faces = new LinkedHashMap<>();
    for (EmbeddedFace face : embeddings.getFacesList()) {
      if (face.getVectorCount() > 0) {
        float[] vector = TemplateRecords.toArray(face.getVectorList());
        frames
            .computeIfAbsent(face.getTrackId(), id -> new ArrayList<>())
            .add(
                new ProbeFrame(
                    vector,
                    face.getQuality().getOverall(),
                    rules.nameAlone(new ModelId(embeddings.getModelId()), vector)));
        faces.putIfAbsent(face.getTrackId(), face);
      }
    }
    if (frames.isEmpty()) {
      return List.of(complete(nothingToCompare(embeddings), frame, 0, embeddings));
    }
    Map<Long, Verdict> verdicts = new LinkedHashMap<>();
    frames.forEach(
        (track, seen) ->
            verdicts.put(
                track,
                rules.decide(
                    new Probe(new ModelId(embeddings.getModelId()), seen, 1, Optional.empty()))));
    OnePersonOnce.settle(verdicts);
    List<Decision.Builder> decisions = new ArrayList<>();
    verdicts.forEach(
        (track, verdict) ->
            decisions.add(
                complete(DecisionRecords.of(verdict), frame, track, embeddings)
                    .setBox(
                        faces.getOrDefault(track, EmbeddedFace.getDefaultInstance()).getBox())));
    return decisions;
  }

  private Decision.Builder nothingToCompare(Embeddings embeddings) {
    Set<Reason> reasons = new LinkedHashSet<>(embeddings.getProblemsList());
    embeddings.getFacesList().forEach(face -> reasons.addAll(face.getQuality().getReasonsList()));
    if (reasons.isEmpty()) {
      reasons.add(Reason.NO_FACE);
    }
    Threshold threshold = rules.threshold();
    return Decision.newBuilder()
        .setOutcome(Outcome.UNKNOWN)
        .addAllReasons(reasons)
        .setThreshold(threshold.cosineSimilarity())
        .setThresholdExtrapolated(threshold.extrapolated())
        .setFpirAtGallerySize(threshold.fpirAtGallerySize());
  }

  private static Decision.Builder complete(
      Decision.Builder decision, FrameRef frame, long trackId, Embeddings embeddings) {
    return decision
        .setDecisionId(DecisionRecords.id(frame, trackId, frame.getCapturedAtUs(), 1))
        .setFrame(frame)
        .setTrackId(trackId)
        .setRevision(1)
        .setModelId(embeddings.getModelId())
        .setTrace(embeddings.getTrace());
  }
}
