package io.facelogin.matcher.liveness;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.liveness.AttackEvidence;
import java.util.Optional;

/**
 * All that speaks for or against a track being a living person who is here now. Immutable.
 *
 * @param attack what the passive check said
 * @param challenge what was seen of the challenge
 * @param failed why the track has failed for good; empty while it has not
 */
public record Evidence(AttackEvidence attack, SeenChallenge challenge, Optional<Reason> failed) {

  public static final Evidence NONE =
      new Evidence(AttackEvidence.NONE, SeenChallenge.NONE, Optional.empty());

  Evidence with(AttackEvidence next) {
    return new Evidence(next, challenge, failed);
  }

  Evidence with(SeenChallenge next) {
    return new Evidence(attack, next, failed);
  }

  /** The first reason stays. */
  public Evidence failedFor(Reason reason) {
    return failed.isPresent() ? this : new Evidence(attack, challenge, Optional.of(reason));
  }
}
