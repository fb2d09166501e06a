package io.facelogin.models.liveness;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.contract.v1.Reason;
import java.util.Collection;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the passive check said of a track, frame after frame. Immutable.
 *
 * @param frames seen, scored or not
 * @param scoredFrames of those, with an attack score
 * @param scoreSum of the attack scores
 * @param signs of an attack, all that were ever seen
 * @param relief as of the latest frame that tells; empty: nobody watched
 */
public record AttackEvidence(
    int frames, int scoredFrames, double scoreSum, Set<AttackSign> signs, OptionalDouble relief) {

  public static final AttackEvidence NONE =
      new AttackEvidence(0, 0, 0, Set.of(), OptionalDouble.empty());

  /** What the check has said so far. */
  public enum Answer {
    PASSED,
    /** Too few frames were seen, or the networks doubt and may still come to another mind. */
    PENDING,
    /**
     * Nothing speaks against a living person, and too little for one: no network scores, or the
     * face has not moved as only a solid one does. Acts that were asked for may settle it.
     */
    INSUFFICIENT,
    FAILED
  }

  public AttackEvidence {
    signs = Set.copyOf(signs);
  }

  /** With one more frame. A score that is no number counts as none. */
  public AttackEvidence with(
      OptionalDouble score, Collection<AttackSign> moreSigns, OptionalDouble latestRelief) {
    Set<AttackSign> all = EnumSet.noneOf(AttackSign.class);
    all.addAll(signs);
    all.addAll(moreSigns);
    boolean scored = score.isPresent() && score.getAsDouble() >= 0 && score.getAsDouble() <= 1;
    return new AttackEvidence(
        frames + 1,
        scoredFrames + (scored ? 1 : 0),
        scoreSum + (scored ? score.getAsDouble() : 0),
        all,
        latestRelief.isPresent() ? latestRelief : relief);
  }

  public OptionalDouble meanScore() {
    return scoredFrames == 0 ? OptionalDouble.empty() : OptionalDouble.of(scoreSum / scoredFrames);
  }

  /**
   * @param reliefWanted whether the face must also have moved as a solid one: of somebody who
   *     stands before a browser that can be asked for
   */
  public Answer answer(AttackLimits limits, boolean reliefWanted) {
    if (!signs.isEmpty()) {
      return Answer.FAILED;
    }
    if (scoredFrames > 0 && !isScoredLive(limits)) {
      return scoredFrames >= limits.mostScoredFrames() ? Answer.FAILED : Answer.PENDING;
    }
    if (scoredFrames >= limits.scoredFrames() && (!reliefWanted || hasRelief(limits))) {
      return Answer.PASSED;
    }
    return frames >= limits.scoredFrames() ? Answer.INSUFFICIENT : Answer.PENDING;
  }

  /** Why nobody waits any longer for an answer that is not there. */
  public Reason reasonWhenLate(AttackLimits limits) {
    return scoredFrames < limits.scoredFrames() || (isScoredLive(limits) && relief.isEmpty())
        ? Reason.CHECK_MISSING
        : Reason.ATTACK_SUSPECTED;
  }

  private boolean isScoredLive(AttackLimits limits) {
    return meanScore().orElse(1) < limits.attackScore();
  }

  /** Whether frames come and go without a score: the networks are not there. */
  public boolean isUnscored(AttackLimits limits) {
    return frames >= limits.scoredFrames() && scoredFrames == 0;
  }

  public boolean hasRelief(AttackLimits limits) {
    return relief.isPresent() && relief.getAsDouble() >= limits.relief();
  }
}
