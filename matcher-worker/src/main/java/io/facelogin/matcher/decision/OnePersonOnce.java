package io.facelogin.matcher.decision;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.decision.Decision.Accepted;
import io.facelogin.matcher.decision.Decision.Unknown;
import java.util.HashMap;
import java.util.Map;

/**
 * Nobody is in one frame twice: of several tracks that claim a person, the most similar keeps it.
 */
public final class OnePersonOnce {

  private OnePersonOnce() {}

  /**
   * @param byTrack verdicts on the faces of one frame, changed in place
   */
  public static void settle(Map<Long, Verdict> byTrack) {
    Map<PersonId, Long> holders = new HashMap<>();
    byTrack.forEach(
        (track, verdict) -> {
          if (verdict.decision() instanceof Accepted accepted) {
            holders.merge(
                accepted.person(),
                track,
                (a, b) -> similarity(byTrack, a) >= similarity(byTrack, b) ? a : b);
          }
        });
    byTrack.replaceAll(
        (track, verdict) ->
            verdict.decision() instanceof Accepted accepted
                    && !track.equals(holders.get(accepted.person()))
                ? verdict.withDecision(new Unknown(Reason.AMBIGUOUS))
                : verdict);
  }

  private static double similarity(Map<Long, Verdict> byTrack, Long track) {
    Verdict verdict = byTrack.get(track);
    return verdict == null ? -1 : verdict.bestCosineSimilarity().orElse(-1);
  }
}
