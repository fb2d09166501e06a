package io.facelogin.matcher.liveness;

import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.liveness.Finding.Failed;
import io.facelogin.matcher.liveness.Finding.Passed;
import io.facelogin.matcher.liveness.Finding.Pending;
import io.facelogin.models.liveness.AttackEvidence.Answer;
import io.facelogin.models.liveness.ChallengeWatch;
import io.facelogin.models.liveness.HeadLook;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.models.liveness.LivenessSettings.Rule;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Judges whether a track is a living person who is here now. Everything fails closed: a check that
 * is required and has not said yes is a no, at the latest when its time is over. Any number of
 * threads.
 */
public final class LivenessRules {

  /** One frame may be a slip of landmarks or network. */
  private static final int STRANGE_FRAMES = 2;

  private final LivenessSettings settings;
  private final SamePerson samePerson;

  public LivenessRules(LivenessSettings settings, SamePerson samePerson) {
    this.settings = settings;
    this.samePerson = samePerson;
  }

  /** Whether anything is asked of faces of this purpose. */
  public boolean isWanted(Purpose purpose) {
    return switch (purpose) {
      // A frame too old is refused whatever else is switched off.
      case LOGIN -> true;
      case WATCH -> settings.attackCheckAtCameras();
      case ENROL, IDENTIFY, PURPOSE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  /**
   * Whether a login's frame is of now, by the clock of whoever judges it. Old records that come
   * again, and frames taken while a clock was wrong, are not.
   */
  public boolean isFresh(FrameRef frame, long nowMs) {
    long ageUs = nowMs * 1_000 - frame.getCapturedAtUs();
    return ageUs <= us(settings.maxFrameAge()) && ageUs >= -us(settings.clockTolerance());
  }

  /**
   * One more frame of a track.
   *
   * @param vector of unit length; empty: the face was not encoded
   */
  public Evidence see(Evidence before, FrameRef frame, EmbeddedFace face, float[] vector) {
    Evidence after =
        before.with(
            before
                .attack()
                .with(
                    face.hasAttackScore()
                        ? OptionalDouble.of(face.getAttackScore())
                        : OptionalDouble.empty(),
                    face.getAttackSignsList(),
                    face.hasRelief()
                        ? OptionalDouble.of(face.getRelief())
                        : OptionalDouble.empty()));
    return frame.hasChallenge() ? challenged(after, frame, face, vector) : after;
  }

  private Evidence challenged(Evidence before, FrameRef frame, EmbeddedFace face, float[] vector) {
    Challenge challenge = frame.getChallenge();
    if (!isPossible(challenge)) {
      return before.failedFor(Reason.CHALLENGE_FAILED);
    }
    SeenChallenge seen = before.challenge();
    if (!seen.challenge().equals(challenge)) {
      // Nothing done for another challenge counts.
      seen = SeenChallenge.of(challenge);
    }
    long at = frame.getCapturedAtUs();
    if (at < challenge.getIssuedAtUs() || at > challenge.getExpiresAtUs()) {
      return before.with(seen);
    }
    seen = watched(seen, HeadLook.of(face.getQuality()), vector);
    Evidence after = before.with(seen);
    return seen.watch().isAstray() || seen.strangeFrames() >= STRANGE_FRAMES
        ? after.failedFor(Reason.CHALLENGE_FAILED)
        : after;
  }

  /** What the page could have asked for: some strong acts, a while. */
  private static boolean isPossible(Challenge challenge) {
    long lastsUs = challenge.getExpiresAtUs() - challenge.getIssuedAtUs();
    return !challenge.getChallengeId().isEmpty()
        && ChallengeWatch.isStrong(challenge.getActsList())
        && lastsUs > 0
        && lastsUs <= us(LivenessSettings.LONGEST_CHALLENGE);
  }

  /** A frame without a vector proves nothing: nobody knows whose face did it. */
  private SeenChallenge watched(SeenChallenge seen, HeadLook look, float[] vector) {
    ChallengeWatch watch = seen.watch();
    if (vector.length == 0 || seen.isDone()) {
      return seen;
    }
    var acts = seen.challenge().getActsList();
    if (!watch.hasStraightLook()) {
      ChallengeWatch next = watch.after(acts, look);
      return next.equals(watch) ? seen : seen.withStraight(next, vector);
    }
    if (!watch.isComparable(look)) {
      return seen;
    }
    if (!samePerson.isSame(seen.straight(), vector)) {
      return seen.withStranger();
    }
    ChallengeWatch next = watch.after(acts, look);
    return watch.shows(acts, look) ? seen.withProof(next, vector) : seen.with(next);
  }

  /**
   * @param recognised vectors that say who it is, of unit length: the same face must have done what
   *     the challenge asked for
   * @param firstUs when the track's first frame was taken, microseconds since the epoch
   * @param nowUs when its latest frame was
   */
  public Finding judge(
      Purpose purpose, Evidence evidence, List<float[]> recognised, long firstUs, long nowUs) {
    if (evidence.failed().isPresent()) {
      return new Failed(evidence.failed().get());
    }
    boolean login = purpose == Purpose.LOGIN;
    boolean late = nowUs - firstUs > us(settings.patience());
    boolean wanted = login ? settings.attackCheck() : settings.attackCheckAtCameras();
    Answer attack = wanted ? evidence.attack().answer(settings.limits(), login) : Answer.PASSED;
    if (attack == Answer.FAILED) {
      return new Failed(Reason.ATTACK_SUSPECTED);
    }
    if (login && isChallengeWanted(evidence)) {
      Finding challenge = challenge(evidence, recognised, late, nowUs);
      // Acts of a living head count in place of evidence that is merely not enough.
      boolean standsIn = attack == Answer.INSUFFICIENT && settings.challenge() != Rule.OFF;
      if (!(challenge instanceof Passed) || attack == Answer.PASSED || standsIn) {
        return challenge;
      }
    } else if (attack == Answer.PASSED) {
      return new Passed();
    }
    return late ? new Failed(evidence.attack().reasonWhenLate(settings.limits())) : new Pending();
  }

  private boolean isChallengeWanted(Evidence evidence) {
    // What was asked for must be done, also if the check that it stood in for has answered since.
    return settings.challenge() == Rule.ALWAYS || evidence.challenge().isIssued();
  }

  private Finding challenge(Evidence evidence, List<float[]> recognised, boolean late, long nowUs) {
    SeenChallenge seen = evidence.challenge();
    if (!seen.isIssued()) {
      return late ? new Failed(Reason.CHECK_MISSING) : new Pending();
    }
    if (!seen.isDone()) {
      return nowUs > seen.challenge().getExpiresAtUs()
          ? new Failed(Reason.CHALLENGE_FAILED)
          : new Pending();
    }
    boolean samePersonThroughout =
        !recognised.isEmpty()
            && seen.straight().stream().allMatch(one -> samePerson.isSame(recognised, one))
            && seen.proofs().stream().allMatch(one -> samePerson.isSame(recognised, one));
    return samePersonThroughout ? new Passed() : new Failed(Reason.CHALLENGE_FAILED);
  }

  private static long us(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
