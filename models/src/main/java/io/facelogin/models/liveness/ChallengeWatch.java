package io.facelogin.models.liveness;

import io.facelogin.contract.v1.ChallengeAct;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether somebody does what was asked for, frame after frame. Immutable.
 *
 * <p>Yaw and pitch come from where the nose lies between eyes and mouth, as a share: a flat
 * picture, however it is moved, zoomed or tilted, keeps these shares (they are affine invariants),
 * so it can come closer but neither turn nor nod. Everything is held against the person's own
 * straight look, since cameras stand above and below eyes, and each act begins at rest: who is
 * still turned from the last act, or moves at random, has not done the next one. Turning or nodding
 * when something else was asked for fails.
 *
 * @param straightFrames that the straight look was taken from so far
 * @param yawDegrees of the straight look: the mean of those frames
 * @param pitchDegrees likewise
 * @param eyeDistancePx likewise
 * @param actsDone how many of the acts are done
 * @param atRest whether the head was held straight since the last act
 * @param shown the latest frames in a row in which the act was to be seen
 * @param astray the latest frames in a row that showed another act
 */
public record ChallengeWatch(
    int straightFrames,
    float yawDegrees,
    float pitchDegrees,
    float eyeDistancePx,
    int actsDone,
    boolean atRest,
    int shown,
    int astray) {

  public static final ChallengeWatch NONE = new ChallengeWatch(0, 0, 0, 0, 0, false, 0, 0);

  /** Further from the straight look, networks begin to see another person. */
  public static final float COMPARABLE_YAW_DEGREES = 38;

  /** The straight look is the mean of so many frames. */
  public static final int STRAIGHT_FRAMES = 3;

  // The straight look itself, in the camera's eyes.
  private static final float STRAIGHT_YAW = 15;
  private static final float STRAIGHT_PITCH = 25;
  // Degrees away from the straight look; the pose is good to a few degrees within one recording.
  private static final float REST_YAW = 9;
  private static final float REST_PITCH = 7;
  private static final float TURNED_YAW = 16;
  private static final float NODDED_PITCH = 9;
  // A turn bends the pitch too: a nod that was not asked for must be plain.
  private static final float PLAIN_NOD_PITCH = 16;
  private static final float CLOSER = 1.3f;

  /** In a row: one frame may be a slip of the landmarks. */
  private static final int FRAMES = 2;

  private static final Set<ChallengeAct> KNOWN =
      EnumSet.of(
          ChallengeAct.TURN_LEFT,
          ChallengeAct.TURN_RIGHT,
          ChallengeAct.COME_CLOSER,
          ChallengeAct.NOD);

  /** Whether these acts make a challenge that a flat picture cannot do. */
  public static boolean isStrong(List<ChallengeAct> acts) {
    return KNOWN.containsAll(acts)
        && acts.stream().anyMatch(act -> act != ChallengeAct.COME_CLOSER);
  }

  public boolean hasStraightLook() {
    return straightFrames >= STRAIGHT_FRAMES;
  }

  public boolean isDone(List<ChallengeAct> acts) {
    return !acts.isEmpty() && actsDone >= acts.size();
  }

  /** Something else was done than was asked for. */
  public boolean isAstray() {
    return astray >= FRAMES;
  }

  /** Whether this frame is one in which the next act is to be seen. */
  public boolean shows(List<ChallengeAct> acts, HeadLook look) {
    return hasStraightLook() && !isDone(acts) && atRest && does(acts.get(actsDone), look);
  }

  /** Whether a face held like this can be compared with the straight look. */
  public boolean isComparable(HeadLook look) {
    return look.isUsable() && Math.abs(look.yawDegrees() - yawDegrees) <= COMPARABLE_YAW_DEGREES;
  }

  /** With one more frame of the same face. */
  public ChallengeWatch after(List<ChallengeAct> acts, HeadLook look) {
    if (!look.isUsable() || acts.isEmpty() || isDone(acts)) {
      return this;
    }
    if (!hasStraightLook()) {
      return Math.abs(look.yawDegrees()) <= STRAIGHT_YAW
              && Math.abs(look.pitchDegrees()) <= STRAIGHT_PITCH
          ? withStraight(look)
          : this;
    }
    if (!atRest) {
      return isRest(look) ? with(actsDone, true, 0, astray) : this;
    }
    ChallengeAct act = acts.get(actsDone);
    if (does(act, look)) {
      int seen = shown + 1;
      return seen >= FRAMES
          ? with(actsDone + 1, false, 0, astray)
          : with(actsDone, true, seen, astray);
    }
    if (isAstray()) {
      return this;
    }
    return with(actsDone, true, 0, doesAnother(act, look) ? astray + 1 : 0);
  }

  private boolean does(ChallengeAct act, HeadLook look) {
    float yaw = look.yawDegrees() - yawDegrees;
    return switch (act) {
      // Right in the picture is the own left of somebody who looks into the camera.
      case TURN_LEFT -> yaw >= TURNED_YAW;
      case TURN_RIGHT -> yaw <= -TURNED_YAW;
      case COME_CLOSER -> look.eyeDistancePx() >= CLOSER * eyeDistancePx;
      case NOD ->
          Math.abs(look.pitchDegrees() - pitchDegrees) >= NODDED_PITCH
              && Math.abs(yaw) < TURNED_YAW;
      case CHALLENGE_ACT_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private boolean doesAnother(ChallengeAct asked, HeadLook look) {
    float yaw = look.yawDegrees() - yawDegrees;
    float pitch = look.pitchDegrees() - pitchDegrees;
    return Math.abs(yaw) >= TURNED_YAW
        || (asked != ChallengeAct.NOD
            && Math.abs(pitch) >= PLAIN_NOD_PITCH
            && Math.abs(yaw) < REST_YAW);
  }

  private boolean isRest(HeadLook look) {
    return Math.abs(look.yawDegrees() - yawDegrees) < REST_YAW
        && Math.abs(look.pitchDegrees() - pitchDegrees) < REST_PITCH;
  }

  private ChallengeWatch withStraight(HeadLook look) {
    float share = 1f / (straightFrames + 1);
    return new ChallengeWatch(
        straightFrames + 1,
        yawDegrees + (look.yawDegrees() - yawDegrees) * share,
        pitchDegrees + (look.pitchDegrees() - pitchDegrees) * share,
        eyeDistancePx + (look.eyeDistancePx() - eyeDistancePx) * share,
        0,
        true,
        0,
        0);
  }

  private ChallengeWatch with(int newActsDone, boolean rested, int newShown, int newAstray) {
    return new ChallengeWatch(
        straightFrames,
        yawDegrees,
        pitchDegrees,
        eyeDistancePx,
        newActsDone,
        rested,
        newShown,
        newAstray);
  }
}
