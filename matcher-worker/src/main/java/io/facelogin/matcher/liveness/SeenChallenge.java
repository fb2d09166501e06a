package io.facelogin.matcher.liveness;

import io.facelogin.contract.v1.Challenge;
import io.facelogin.models.liveness.ChallengeWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A challenge and what a track showed of it so far. Immutable; the vectors are shared, nobody
 * writes to them.
 *
 * @param challenge as issued; the default instance: none
 * @param watch how far it is
 * @param straight vectors of the frames that gave the straight look: whose challenge it is
 * @param proofs vectors of the frames in which the acts were seen
 * @param strangeFrames in which another person was to be seen
 */
public record SeenChallenge(
    Challenge challenge,
    ChallengeWatch watch,
    List<float[]> straight,
    List<float[]> proofs,
    int strangeFrames) {

  public static final SeenChallenge NONE = of(Challenge.getDefaultInstance());

  public SeenChallenge {
    straight = List.copyOf(straight);
    proofs = List.copyOf(proofs);
  }

  static SeenChallenge of(Challenge challenge) {
    return new SeenChallenge(challenge, ChallengeWatch.NONE, List.of(), List.of(), 0);
  }

  public boolean isIssued() {
    return !challenge.getChallengeId().isEmpty();
  }

  boolean isDone() {
    return isIssued() && watch.isDone(challenge.getActsList());
  }

  SeenChallenge withStranger() {
    return new SeenChallenge(challenge, watch, straight, proofs, strangeFrames + 1);
  }

  SeenChallenge withStraight(ChallengeWatch next, float[] vector) {
    return new SeenChallenge(challenge, next, with(straight, vector), proofs, strangeFrames);
  }

  SeenChallenge withProof(ChallengeWatch next, float[] vector) {
    return new SeenChallenge(challenge, next, straight, with(proofs, vector), strangeFrames);
  }

  SeenChallenge with(ChallengeWatch next) {
    return new SeenChallenge(challenge, next, straight, proofs, strangeFrames);
  }

  private static List<float[]> with(List<float[]> vectors, float[] another) {
    List<float[]> all = new ArrayList<>(vectors);
    all.add(another);
    return all;
  }
}
