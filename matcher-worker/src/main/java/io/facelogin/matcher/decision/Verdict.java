package io.facelogin.matcher.decision;

import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import java.util.OptionalDouble;

/**
 * A decision and what it rests on.
 *
 * @param bestCosineSimilarity of the best person, whoever it is; empty: nothing was compared
 * @param runnerUpCosineSimilarity of the best other person
 * @param galleryPeople among whom was searched
 * @param framesUsed good frames that counted
 */
public record Verdict(
    Decision decision,
    OptionalDouble bestCosineSimilarity,
    OptionalDouble runnerUpCosineSimilarity,
    Threshold threshold,
    int galleryPeople,
    int framesUsed) {

  /** The same evidence, another conclusion. */
  public Verdict withDecision(Decision other) {
    return new Verdict(
        other,
        bestCosineSimilarity,
        runnerUpCosineSimilarity,
        threshold,
        galleryPeople,
        framesUsed);
  }
}
