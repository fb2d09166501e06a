package io.facelogin.web.enrolment;

import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.models.liveness.AttackEvidence;
import io.facelogin.models.liveness.AttackEvidence.Answer;
import io.facelogin.models.liveness.LivenessSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Collects varied good samples of one person from the frames of a browser. Poses are judged against
 * the person's own straight look, because cameras stand above and below eyes. Who cannot turn the
 * head finishes too, with the best samples of any pose. All samples are of one track, whose passive
 * check must have passed; where that check finds too little, the person must turn to both sides,
 * which a flat picture cannot. Time is that of the frames. Not thread-safe.
 */
public final class EnrolmentDialogue {

  /** What came of a frame. */
  public sealed interface Step {
    /**
     * @param samples taken so far
     * @param pose the next one that is wanted
     * @param reasons what is wrong with this frame; empty if it is good
     */
    record Guidance(int samples, int wanted, Pose pose, Hint hint, List<Reason> reasons)
        implements Step {}

    record Complete(List<Sample> samples) implements Step {}

    /** It does not look like a living person, or nobody could tell. */
    record Refused(Reason reason) implements Step {}
  }

  private static final String SOURCE = "webcam";
  private static final int MOST_SPARE = 60;

  // Degrees away from the straight look. HeadPose is good to about ten.
  private static final float STRAIGHT_YAW = 12;
  private static final float STRAIGHT_PITCH = 20;
  private static final float TURNED_YAW = 14;
  private static final float TURNED_PITCH = 9;
  // Further turned, networks see another person.
  private static final float MOST_YAW = 38;

  private final DialoguePolicy policy;
  private final LivenessSettings liveness;
  private final Map<Pose, Sample> byPose = new EnumMap<>(Pose.class);
  private final List<Sample> spare = new ArrayList<>();
  private long lastSampleUs;
  private long lastPoseUs;
  private AttackEvidence evidence = AttackEvidence.NONE;
  private long trackId;
  private long firstUs;

  public EnrolmentDialogue(DialoguePolicy policy, LivenessSettings liveness) {
    this.policy = policy;
    this.liveness = liveness;
  }

  /** Takes what the pipeline found in one frame. */
  public Step offer(Embeddings frame) {
    if (frame.getFacesCount() == 0) {
      List<Reason> problems =
          frame.getProblemsCount() > 0 ? frame.getProblemsList() : List.of(Reason.NO_FACE);
      return guidance(Hint.SHOW_FACE, problems);
    }
    if (frame.getFacesCount() > 1) {
      return guidance(Hint.ONE_FACE_ONLY, List.of(Reason.SEVERAL_FACES));
    }
    EmbeddedFace face = frame.getFaces(0);
    long at = frame.getFrame().getCapturedAtUs();
    if (firstUs == 0 || face.getTrackId() != trackId) {
      // Another face: what was taken of the one before is not of this person.
      restart();
      trackId = face.getTrackId();
      firstUs = at;
    }
    weigh(face);
    Answer answer = answer();
    if (answer == Answer.FAILED) {
      return new Step.Refused(Reason.ATTACK_SUSPECTED);
    }
    if (face.getQuality().getReasonsCount() > 0) {
      return guidance(Hint.IMPROVE, face.getQuality().getReasonsList());
    }
    if (face.getVectorCount() == 0) {
      return guidance(Hint.towards(next()), List.of());
    }
    take(face, frame);
    if (byPose.size() >= policy.wanted() || isEnoughOfAnyPose(frame)) {
      if (answer == Answer.PASSED) {
        return new Step.Complete(chosen());
      }
      if (at - firstUs > patienceUs()) {
        return new Step.Refused(evidence.reasonWhenLate(liveness.limits()));
      }
    }
    return guidance(Hint.towards(next()), List.of());
  }

  private void weigh(EmbeddedFace face) {
    evidence =
        evidence.with(
            face.hasAttackScore()
                ? OptionalDouble.of(face.getAttackScore())
                : OptionalDouble.empty(),
            face.getAttackSignsList(),
            face.hasRelief() ? OptionalDouble.of(face.getRelief()) : OptionalDouble.empty());
  }

  /** Whether the face passed as a living one; turning to both sides settles a doubt. */
  private Answer answer() {
    if (!liveness.attackCheck()) {
      return Answer.PASSED;
    }
    Answer passive = evidence.answer(liveness.limits(), true);
    boolean turned = byPose.keySet().containsAll(EnumSet.of(Pose.LEFT, Pose.RIGHT));
    boolean standsIn = liveness.challenge() != LivenessSettings.Rule.OFF && turned;
    return passive == Answer.INSUFFICIENT && standsIn ? Answer.PASSED : passive;
  }

  /** Twice a login's: there is more to do. */
  private long patienceUs() {
    return 2 * liveness.patience().toNanos() / 1_000;
  }

  /** The person wants no more poses. Empty while too few samples or no passed check are there. */
  public Optional<List<Sample>> finish() {
    return inHand() < policy.fewest() || answer() != Answer.PASSED
        ? Optional.empty()
        : Optional.of(chosen());
  }

  /** Forgets everything. */
  public void restart() {
    byPose.clear();
    spare.clear();
    lastSampleUs = 0;
    lastPoseUs = 0;
    evidence = AttackEvidence.NONE;
    trackId = 0;
    firstUs = 0;
  }

  private void take(EmbeddedFace face, Embeddings frame) {
    long at = frame.getFrame().getCapturedAtUs();
    if (lastSampleUs != 0 && at - lastSampleUs < policy.spacing().toNanos() / 1_000) {
      return;
    }
    lastSampleUs = at;
    Sample sample =
        Sample.newBuilder()
            .addAllVector(face.getVectorList())
            .setModelId(frame.getModelId())
            .setQuality(face.getQuality())
            .setSource(SOURCE)
            .setCapturedAtUs(at)
            .build();
    Optional<Pose> pose = pose(face.getQuality());
    if (pose.isPresent() && !byPose.containsKey(pose.get())) {
      byPose.put(pose.get(), sample);
      lastPoseUs = at;
    } else {
      if (spare.size() == MOST_SPARE) {
        spare.remove(0);
      }
      spare.add(sample);
      if (lastPoseUs == 0) {
        lastPoseUs = at;
      }
    }
  }

  /** Empty: between two poses, or too far turned. */
  private Optional<Pose> pose(Quality quality) {
    Sample straight = byPose.get(Pose.FRONT);
    if (straight == null) {
      boolean isStraight =
          Math.abs(quality.getYawDegrees()) <= STRAIGHT_YAW
              && Math.abs(quality.getPitchDegrees()) <= STRAIGHT_PITCH;
      return isStraight ? Optional.of(Pose.FRONT) : Optional.empty();
    }
    float yaw = quality.getYawDegrees() - straight.getQuality().getYawDegrees();
    float pitch = quality.getPitchDegrees() - straight.getQuality().getPitchDegrees();
    if (Math.abs(yaw) > MOST_YAW) {
      return Optional.empty();
    }
    if (Math.abs(yaw) >= TURNED_YAW) {
      // Right in the picture is the own left of somebody who looks into the camera.
      return Optional.of(yaw > 0 ? Pose.LEFT : Pose.RIGHT);
    }
    if (Math.abs(pitch) >= TURNED_PITCH) {
      return Optional.of(pitch > 0 ? Pose.UP : Pose.DOWN);
    }
    return Optional.of(Pose.FRONT);
  }

  private boolean isEnoughOfAnyPose(Embeddings frame) {
    long waited = frame.getFrame().getCapturedAtUs() - lastPoseUs;
    return inHand() >= policy.anyPose() && waited >= policy.patience().toNanos() / 1_000;
  }

  private int inHand() {
    return byPose.size() + spare.size();
  }

  private Pose next() {
    Set<Pose> missing = EnumSet.allOf(Pose.class);
    missing.removeAll(byPose.keySet());
    return missing.isEmpty() ? Pose.FRONT : missing.iterator().next();
  }

  /** One of each pose, then the best of equal stretches of time among the others. */
  private List<Sample> chosen() {
    List<Sample> chosen = new ArrayList<>(byPose.values());
    int lacking = Math.min(policy.wanted() - chosen.size(), spare.size());
    for (int i = 0; i < lacking; i++) {
      List<Sample> stretch =
          spare.subList(i * spare.size() / lacking, (i + 1) * spare.size() / lacking);
      stretch.stream()
          .max(Comparator.comparingDouble(sample -> sample.getQuality().getOverall()))
          .ifPresent(chosen::add);
    }
    return List.copyOf(chosen);
  }

  private Step guidance(Hint hint, List<Reason> reasons) {
    return new Step.Guidance(
        Math.min(byPose.size(), policy.wanted()),
        policy.wanted(),
        next(),
        hint,
        List.copyOf(reasons));
  }
}
