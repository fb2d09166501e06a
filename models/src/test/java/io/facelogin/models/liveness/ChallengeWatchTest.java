package io.facelogin.models.liveness;

import static io.facelogin.contract.v1.ChallengeAct.COME_CLOSER;
import static io.facelogin.contract.v1.ChallengeAct.NOD;
import static io.facelogin.contract.v1.ChallengeAct.TURN_LEFT;
import static io.facelogin.contract.v1.ChallengeAct.TURN_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.ChallengeAct;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChallengeWatchTest {

  private static final List<ChallengeAct> LEFT_THEN_NOD = List.of(TURN_LEFT, NOD);

  private static ChallengeWatch held(
      ChallengeWatch watch,
      List<ChallengeAct> acts,
      int frames,
      float yaw,
      float pitch,
      float eyes) {
    ChallengeWatch now = watch;
    for (int i = 0; i < frames; i++) {
      now = now.after(acts, new HeadLook(yaw, pitch, eyes));
    }
    return now;
  }

  private static ChallengeWatch straight(List<ChallengeAct> acts) {
    return held(ChallengeWatch.NONE, acts, 3, 3, 5, 50);
  }

  @Test
  void actsCountOnlyInTheirOrderAndFromTheStraightLookOn() {
    ChallengeWatch watch = held(ChallengeWatch.NONE, LEFT_THEN_NOD, 5, 30, 5, 50);
    assertThat(watch).as("never looked straight").isEqualTo(ChallengeWatch.NONE);
    watch = held(straight(LEFT_THEN_NOD), LEFT_THEN_NOD, 2, 22, 5, 48);
    assertThat(watch.actsDone()).isEqualTo(1);
    watch = held(watch, LEFT_THEN_NOD, 3, 22, -10, 48);
    assertThat(watch.actsDone()).as("a nod while still turned").isEqualTo(1);
    watch = held(watch, LEFT_THEN_NOD, 1, 3, 5, 50);
    watch = held(watch, LEFT_THEN_NOD, 2, 3, -6, 50);
    assertThat(watch.isDone(LEFT_THEN_NOD)).isTrue();
    assertThat(watch.isAstray()).isFalse();
  }

  @Test
  void oneFrameIsASlipOfTheLandmarks() {
    ChallengeWatch watch = straight(LEFT_THEN_NOD);
    for (int i = 0; i < 10; i++) {
      watch = held(watch, LEFT_THEN_NOD, 1, i % 4 == 0 ? 30 : -30, 5, 50);
      watch = held(watch, LEFT_THEN_NOD, 1, 3, 5, 50);
    }
    assertThat(watch.actsDone()).isZero();
    assertThat(watch.isAstray()).isFalse();
  }

  @Test
  void turningTheOtherWayOrNoddingInsteadIsAstrayForGood() {
    assertThat(held(straight(LEFT_THEN_NOD), LEFT_THEN_NOD, 2, -20, 5, 50).isAstray()).isTrue();
    ChallengeWatch nodded = held(straight(LEFT_THEN_NOD), LEFT_THEN_NOD, 2, 3, -14, 50);
    assertThat(nodded.isAstray()).isTrue();
    assertThat(held(nodded, LEFT_THEN_NOD, 5, 3, 5, 50).isAstray()).isTrue();
  }

  @Test
  void aFlatPictureMayComeCloserButNeitherTurnsNorNods() {
    // Landmarks of a picture that is moved and tilted: its shares stay, with some noise.
    Random random = new Random(4);
    for (List<ChallengeAct> acts :
        List.of(
            List.of(TURN_LEFT, NOD),
            List.of(COME_CLOSER, NOD),
            List.of(COME_CLOSER, TURN_RIGHT),
            List.of(NOD, COME_CLOSER))) {
      ChallengeWatch watch = ChallengeWatch.NONE;
      for (int i = 0; i < 2_000; i++) {
        HeadLook look =
            new HeadLook(
                (float) (2 * random.nextGaussian()),
                (float) (2 * random.nextGaussian()),
                40 + 40 * random.nextFloat());
        watch = watch.after(acts, look);
      }
      assertThat(watch.isDone(acts)).as(acts.toString()).isFalse();
    }
  }

  @Test
  void aChallengeIsStrongOnlyWithATurnOrANodAndWithoutUnknownActs() {
    assertThat(ChallengeWatch.isStrong(List.of(COME_CLOSER, TURN_LEFT))).isTrue();
    assertThat(ChallengeWatch.isStrong(List.of(COME_CLOSER))).isFalse();
    assertThat(ChallengeWatch.isStrong(List.of())).isFalse();
    assertThat(ChallengeWatch.isStrong(List.of(TURN_LEFT, ChallengeAct.UNRECOGNIZED))).isFalse();
    assertThat(ChallengeWatch.isStrong(List.of(ChallengeAct.CHALLENGE_ACT_UNSPECIFIED, NOD)))
        .isFalse();
  }

  @Test
  void anglesThatAreNoNumbersChangeNothing() {
    ChallengeWatch watch = straight(LEFT_THEN_NOD);
    assertThat(held(watch, LEFT_THEN_NOD, 5, Float.NaN, 0, 50)).isEqualTo(watch);
    assertThat(held(watch, LEFT_THEN_NOD, 5, 30, 0, Float.NaN)).isEqualTo(watch);
  }
}
