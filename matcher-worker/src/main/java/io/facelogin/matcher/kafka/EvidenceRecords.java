package io.facelogin.matcher.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facelogin.contract.v1.AttackSign;
import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.liveness.Evidence;
import io.facelogin.matcher.liveness.SeenChallenge;
import io.facelogin.matcher.state.ChallengeProgress;
import io.facelogin.matcher.state.Liveness;
import io.facelogin.matcher.state.Vector;
import io.facelogin.models.liveness.AttackEvidence;
import io.facelogin.models.liveness.ChallengeWatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Evidence of a track as the state store keeps it. */
final class EvidenceRecords {

  private EvidenceRecords() {}

  static Evidence read(Liveness record) {
    Set<AttackSign> signs = new HashSet<>();
    for (int number : record.getSignsList()) {
      AttackSign sign = AttackSign.forNumber(number);
      signs.add(sign == null ? AttackSign.ATTACK_SIGN_UNSPECIFIED : sign);
    }
    return new Evidence(
        new AttackEvidence(
            record.getFrames(),
            record.getScoredFrames(),
            record.getScoreSum(),
            signs,
            record.hasRelief() ? OptionalDouble.of(record.getRelief()) : OptionalDouble.empty()),
        new SeenChallenge(
            challenge(record),
            watch(record.getProgress()),
            vectors(record.getStraightList()),
            vectors(record.getProofsList()),
            record.getStrangeFrames()),
        record.getFailed() == 0
            ? Optional.empty()
            : Optional.ofNullable(Reason.forNumber(record.getFailed()))
                .or(() -> Optional.of(Reason.CHECK_MISSING)));
  }

  static Liveness write(Evidence evidence) {
    AttackEvidence attack = evidence.attack();
    SeenChallenge challenge = evidence.challenge();
    Liveness.Builder record =
        Liveness.newBuilder()
            .setFrames(attack.frames())
            .setScoredFrames(attack.scoredFrames())
            .setScoreSum(attack.scoreSum())
            .setFailed(evidence.failed().map(Reason::getNumber).orElse(0))
            .setChallenge(challenge.challenge().toByteString())
            .setProgress(progress(challenge.watch()))
            .setStrangeFrames(challenge.strangeFrames());
    attack.relief().ifPresent(record::setRelief);
    for (AttackSign sign : attack.signs()) {
      record.addSigns(sign == AttackSign.UNRECOGNIZED ? 0 : sign.getNumber());
    }
    challenge.straight().forEach(vector -> record.addStraight(vector(vector)));
    challenge.proofs().forEach(vector -> record.addProofs(vector(vector)));
    return record.build();
  }

  private static Challenge challenge(Liveness record) {
    try {
      return Challenge.parseFrom(record.getChallenge());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("The state store holds a challenge we did not write", e);
    }
  }

  private static ChallengeWatch watch(ChallengeProgress record) {
    return new ChallengeWatch(
        record.getStraightFrames(),
        record.getYawDegrees(),
        record.getPitchDegrees(),
        record.getEyeDistancePx(),
        record.getActsDone(),
        record.getAtRest(),
        record.getShown(),
        record.getAstray());
  }

  private static ChallengeProgress progress(ChallengeWatch watch) {
    return ChallengeProgress.newBuilder()
        .setStraightFrames(watch.straightFrames())
        .setYawDegrees(watch.yawDegrees())
        .setPitchDegrees(watch.pitchDegrees())
        .setEyeDistancePx(watch.eyeDistancePx())
        .setActsDone(watch.actsDone())
        .setAtRest(watch.atRest())
        .setShown(watch.shown())
        .setAstray(watch.astray())
        .build();
  }

  private static List<float[]> vectors(List<Vector> records) {
    List<float[]> vectors = new ArrayList<>(records.size());
    records.forEach(record -> vectors.add(TemplateRecords.toArray(record.getValueList())));
    return vectors;
  }

  private static Vector vector(float[] vector) {
    Vector.Builder record = Vector.newBuilder();
    for (float value : vector) {
      record.addValue(value);
    }
    return record.build();
  }
}
