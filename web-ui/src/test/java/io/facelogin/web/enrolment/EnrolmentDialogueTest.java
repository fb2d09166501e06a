package io.facelogin.web.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Sample;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.enrolment.EnrolmentDialogue.Step;
import io.facelogin.web.enrolment.EnrolmentDialogue.Step.Complete;
import io.facelogin.web.enrolment.EnrolmentDialogue.Step.Guidance;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EnrolmentDialogueTest {

  private static final long FRAME_US = 200_000;

  private final EnrolmentDialogue dialogue =
      new EnrolmentDialogue(DialoguePolicy.defaults(), LivenessSettings.off());
  private long nowUs = 1_000_000;

  private Step show(EmbeddedFace... faces) {
    nowUs += FRAME_US;
    return dialogue.offer(
        Embeddings.newBuilder()
            .setFrame(FrameRef.newBuilder().setCapturedAtUs(nowUs))
            .setModelId("test")
            .addAllFaces(List.of(faces))
            .build());
  }

  private Guidance guidance(EmbeddedFace... faces) {
    return (Guidance) show(faces);
  }

  private static EmbeddedFace face(float yaw, float pitch, Reason... reasons) {
    return EmbeddedFace.newBuilder()
        .addVector(1)
        .setQuality(
            Quality.newBuilder()
                .setOverall(0.9f)
                .setYawDegrees(yaw)
                .setPitchDegrees(pitch)
                .addAllReasons(List.of(reasons)))
        .build();
  }

  @Test
  void onePoseAfterTheOtherCompletesTheEnrolment() {
    assertThat(guidance(face(0, 0)).pose()).isEqualTo(Pose.LEFT);
    assertThat(guidance(face(20, 0)).hint()).isEqualTo(Hint.TURN_RIGHT);
    assertThat(guidance(face(-20, 0)).hint()).isEqualTo(Hint.LOOK_UP);
    assertThat(guidance(face(0, 15)).samples()).isEqualTo(4);
    Complete complete = (Complete) show(face(0, -15));
    assertThat(complete.samples()).hasSize(5);
    assertThat(complete.samples()).extracting(Sample::getSource).containsOnly("webcam");
  }

  @Test
  void posesCountFromThePersonsOwnStraightLook() {
    // A camera above the eyes sees everybody looking down.
    guidance(face(0, -15));
    assertThat(guidance(face(0, -15)).samples()).isEqualTo(1);
    assertThat(guidance(face(0, 0)).samples()).as("up").isEqualTo(2);
    assertThat(guidance(face(0, -30)).samples()).as("down").isEqualTo(3);
  }

  @Test
  void whoCannotTurnFinishesAfterEnoughGoodSamples() {
    Step step = show(face(0, 0));
    int frames = 1;
    while (step instanceof Guidance) {
      step = show(face(1, 1));
      frames++;
      assertThat(frames).isLessThan(100);
    }
    assertThat(frames * FRAME_US).as("patience").isGreaterThan(6_000_000);
    Complete complete = (Complete) step;
    assertThat(complete.samples()).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void badFramesAreNamedAndNeverTaken() {
    assertThat(guidance().reasons()).containsExactly(Reason.NO_FACE);
    assertThat(guidance(face(0, 0), face(0, 0)).hint()).isEqualTo(Hint.ONE_FACE_ONLY);
    assertThat(guidance(face(0, 0), face(0, 0)).reasons()).containsExactly(Reason.SEVERAL_FACES);
    assertThat(guidance(face(0, 0, Reason.TOO_DARK)).reasons()).containsExactly(Reason.TOO_DARK);
    assertThat(guidance(face(0, 0, Reason.TOO_DARK)).samples()).isZero();
    assertThat(dialogue.finish()).isEmpty();
  }

  @Test
  void farTurnedFaceIsNoPose() {
    guidance(face(0, 0));
    assertThat(guidance(face(44, 0)).samples()).isEqualTo(1);
  }

  @Test
  void finishesEarlyOnlyWithEnoughSamples() {
    show(face(0, 0));
    show(face(0, 1));
    assertThat(dialogue.finish()).isEmpty();
    show(face(1, 0));
    assertThat(dialogue.finish()).hasValueSatisfying(samples -> assertThat(samples).hasSize(3));
  }

  @Test
  void framesOfTheSameMomentCountOnce() {
    show(face(0, 0));
    nowUs -= FRAME_US - 1;
    assertThat(guidance(face(20, 0)).samples()).isEqualTo(1);
  }

  @Test
  void restartForgetsEverything() {
    show(face(0, 0));
    show(face(20, 0));
    dialogue.restart();
    assertThat(guidance(face(0, 0)).samples()).isEqualTo(1);
  }

  // ---- With the check for life ----

  private final EnrolmentDialogue checked =
      new EnrolmentDialogue(DialoguePolicy.defaults(), LivenessSettings.defaults());

  private Step showChecked(EmbeddedFace.Builder face) {
    nowUs += FRAME_US;
    return checked.offer(
        Embeddings.newBuilder()
            .setFrame(FrameRef.newBuilder().setCapturedAtUs(nowUs))
            .setModelId("test")
            .addFaces(face)
            .build());
  }

  private Step allPoses(UnaryOperator<EmbeddedFace.Builder> as) {
    float[][] poses = {{0, 0}, {0, 0}, {20, 0}, {-20, 0}, {0, 15}, {0, -15}};
    Step step = showChecked(as.apply(face(0, 0).toBuilder()));
    for (float[] pose : poses) {
      if (step instanceof Guidance) {
        step = showChecked(as.apply(face(pose[0], pose[1]).toBuilder()));
      }
    }
    return step;
  }

  @Test
  void livingFaceIsTakenAndWhatLooksLikeAnAttackIsRefused() {
    assertThat(allPoses(face -> face.setAttackScore(0.1f).setRelief(1)))
        .isInstanceOf(Complete.class);
    checked.restart();
    assertThat(allPoses(face -> face.setAttackScore(0.1f).addAttackSigns(AttackSign.FROZEN)))
        .isEqualTo(new Step.Refused(Reason.ATTACK_SUSPECTED));
    checked.restart();
    Step step = allPoses(face -> face.setAttackScore(0.9f).setRelief(1));
    for (int i = 0; i < 20 && step instanceof Guidance; i++) {
      step = showChecked(face(0, 0).toBuilder().setAttackScore(0.9f).setRelief(1));
    }
    assertThat(step).isEqualTo(new Step.Refused(Reason.ATTACK_SUSPECTED));
  }

  @Test
  void turningToBothSidesStandsInForNetworksThatAreAwayAndNothingElseDoes() {
    assertThat(allPoses(face -> face)).isInstanceOf(Complete.class);
    checked.restart();
    Step step = showChecked(face(0, 0).toBuilder());
    for (int i = 0; i < 200 && step instanceof Guidance; i++) {
      assertThat(checked.finish()).isEmpty();
      step = showChecked(face(1, 1).toBuilder());
    }
    assertThat(step).isEqualTo(new Step.Refused(Reason.CHECK_MISSING));
  }

  @Test
  void pictureThatNeverMovesAsAHeadIsRefusedAtLast() {
    Step step = showChecked(face(0, 0).toBuilder().setAttackScore(0).setRelief(0));
    for (int i = 0; i < 200 && step instanceof Guidance; i++) {
      step = showChecked(face(1, 1).toBuilder().setAttackScore(0).setRelief(0));
    }
    assertThat(step).isEqualTo(new Step.Refused(Reason.ATTACK_SUSPECTED));
  }

  @Test
  void samplesAreOfOneTrackOnly() {
    for (int i = 0; i < 4; i++) {
      showChecked(face(0, 0).toBuilder().setTrackId(1).setAttackScore(0).setRelief(1));
    }
    Guidance other =
        (Guidance)
            showChecked(face(20, 0).toBuilder().setTrackId(2).setAttackScore(0).setRelief(1));
    assertThat(other.samples()).isZero();
  }
}
