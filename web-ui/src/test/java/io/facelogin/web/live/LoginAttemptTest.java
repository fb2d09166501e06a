package io.facelogin.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.ChallengeAct;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Quality;
import io.facelogin.models.liveness.ChallengeWatch;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.models.liveness.LivenessSettings.Rule;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LoginAttemptTest {

  private static final Instant BEGUN = Instant.parse("2026-01-01T10:00:00Z");

  private final Challenges challenges = new Challenges();
  private Instant now = BEGUN;

  private LoginAttempt attempt(LivenessSettings settings) {
    return new LoginAttempt(settings, challenges, BEGUN);
  }

  private FrameRef frame(LoginAttempt attempt) {
    now = now.plusMillis(125);
    return attempt.frame(Purpose.LOGIN, now).build();
  }

  private static Decision accepted(FrameRef frame) {
    return Decision.newBuilder()
        .setFrame(frame)
        .setTrackId(7)
        .setRevision(1)
        .setOutcome(Outcome.ACCEPTED)
        .setPersonId("somebody")
        .build();
  }

  private static Faces faces(FrameRef frame, FaceCrop.Builder face) {
    return Faces.newBuilder().setFrame(frame).addFaces(face.setTrackId(7)).build();
  }

  private static FaceCrop.Builder face(float yaw, float pitch, float eyes) {
    return FaceCrop.newBuilder()
        .setQuality(
            Quality.newBuilder().setYawDegrees(yaw).setPitchDegrees(pitch).setEyeDistancePx(eyes));
  }

  @Test
  void theFirstAcceptanceOfTheLivingSessionOpensItOnce() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults());
    Decision decision = accepted(frame(attempt));
    assertThat(attempt.isOpenedBy(decision, now)).isTrue();
    assertThat(attempt.isOpenedBy(decision, now)).as("come again").isFalse();
    Decision next = accepted(frame(attempt)).toBuilder().setRevision(3).build();
    assertThat(attempt.isOpenedBy(next, now)).as("a second use").isFalse();
    Decision other = accepted(frame(attempt)).toBuilder().setTrackId(8).build();
    assertThat(attempt.isOpenedBy(other, now)).as("another face").isFalse();
  }

  @Test
  void whatIsNotOfThisSessionAndMomentOpensNothing() {
    Map<String, UnaryOperator<FrameRef.Builder>> foreign =
        Map.of(
            "another session", frame -> frame.setSessionId("other"),
            "another camera's frame", frame -> frame.setCameraId("lobby"),
            "a frame of a site camera", frame -> frame.setPurpose(Purpose.WATCH),
            "a still picture", frame -> frame.setPurpose(Purpose.IDENTIFY),
            "a frame that was never sent", frame -> frame.setSequence(99),
            "a frame without a number", frame -> frame.setSequence(0),
            "a frame from a moment before",
                frame -> frame.setCapturedAtUs(BEGUN.toEpochMilli() * 1_000 - 1),
            "a frame from the future",
                frame -> frame.setCapturedAtUs(frame.getCapturedAtUs() + 60_000_000),
            "a challenge that was not issued",
                frame -> frame.setChallenge(Challenge.newBuilder().setChallengeId("x")));
    foreign.forEach(
        (what, change) -> {
          LoginAttempt attempt = attempt(LivenessSettings.defaults());
          Decision decision = accepted(change.apply(frame(attempt).toBuilder()).build());
          assertThat(attempt.isOpenedBy(decision, now)).as(what).isFalse();
        });
  }

  @Test
  void anOldAcceptanceOpensNothing() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults());
    Decision decision = accepted(frame(attempt));
    assertThat(attempt.isOpenedBy(decision, now.plusSeconds(11))).isFalse();
  }

  @Test
  void anAcceptanceThatWasTakenBackMeanwhileOpensNothing() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults());
    Decision decision = accepted(frame(attempt));
    Decision rejected =
        decision.toBuilder().setRevision(2).setOutcome(Outcome.REJECTED).setPersonId("").build();
    assertThat(attempt.isOpenedBy(rejected, now)).isFalse();
    assertThat(attempt.isOpenedBy(decision, now)).isFalse();
  }

  @Test
  void unknownAndRejectedOpenNothing() {
    for (Outcome outcome : List.of(Outcome.UNKNOWN, Outcome.REJECTED, Outcome.UNRECOGNIZED)) {
      LoginAttempt attempt = attempt(LivenessSettings.defaults());
      Decision.Builder decision = accepted(frame(attempt)).toBuilder();
      decision =
          outcome == Outcome.UNRECOGNIZED
              ? decision.setOutcomeValue(77)
              : decision.setOutcome(outcome);
      assertThat(attempt.isOpenedBy(decision.build(), now)).isFalse();
    }
  }

  @Test
  void whereAChallengeIsRequiredNothingOpensWithoutIt() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults().withChallenge(Rule.ALWAYS));
    FrameRef before = frame(attempt);
    assertThat(attempt.isOpenedBy(accepted(before), now)).isFalse();
    assertThat(attempt.saw(faces(before, face(0, 0, 40)), now)).isPresent();
    FrameRef challenged = frame(attempt);
    assertThat(challenged.getChallenge().getExpiresAtUs())
        .isGreaterThan(challenged.getCapturedAtUs());
    Decision early = accepted(before).toBuilder().setRevision(2).build();
    assertThat(attempt.isOpenedBy(early, now)).as("from before it was issued").isFalse();
    Decision decision = accepted(challenged).toBuilder().setRevision(3).build();
    assertThat(attempt.isOpenedBy(decision, now)).isTrue();
  }

  @Test
  void actsAreAskedForAtOnceWhereNoFrameIsScored() {
    LoginAttempt unscored = attempt(LivenessSettings.defaults());
    LoginAttempt unwanted = attempt(LivenessSettings.off());
    assertThat(seen(unscored, 4, face(0, 0, 40))).isEmpty();
    assertThat(seen(unscored, 1, face(0, 0, 40)))
        .map(BrowserMessage.Challenge::why)
        .contains(ChallengeCause.UNCHECKED);
    assertThat(frame(unscored).hasChallenge()).isTrue();
    assertThat(seen(unwanted, 60, face(0, 0, 40))).isEmpty();
    assertThat(frame(unwanted).hasChallenge()).isFalse();
  }

  @Test
  void whoHoldsStillIsAskedForActsAfterSomeSecondsAndNotBefore() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults());
    FaceCrop.Builder still = face(0, 0, 40).setAttackScore(0.1f).setRelief(0.1f);
    assertThat(seen(attempt, 32, still)).isEmpty();
    assertThat(seen(attempt, 1, still))
        .map(BrowserMessage.Challenge::why)
        .contains(ChallengeCause.UNSURE);
  }

  @Test
  void nothingIsAskedOfWhoPassedOrOfWhatLooksLikeAnAttack() {
    for (FaceCrop.Builder face :
        List.of(
            face(0, 0, 40).setAttackScore(0.1f).setRelief(1),
            face(0, 0, 40).setAttackScore(0.9f).setRelief(0),
            face(0, 0, 40).setAttackScore(0.1f).setRelief(0).addAttackSigns(AttackSign.FROZEN))) {
      LoginAttempt attempt = attempt(LivenessSettings.defaults());
      assertThat(seen(attempt, 120, face)).isEmpty();
      assertThat(frame(attempt).hasChallenge()).isFalse();
    }
  }

  @Test
  void anotherFaceIsWatchedFromItsOwnBeginning() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults());
    seen(attempt, 20, face(0, 0, 40).setAttackScore(0.1f).setRelief(1));
    FaceCrop.Builder another = face(0, 0, 40).setAttackScore(0.1f).setRelief(0);
    Optional<BrowserMessage.Challenge> asked = Optional.empty();
    for (int i = 0; i < 33 && asked.isEmpty(); i++) {
      FrameRef frame = frame(attempt);
      Faces faces = Faces.newBuilder().setFrame(frame).addFaces(another.setTrackId(8)).build();
      asked = attempt.saw(faces, now);
      assertThat(asked.isPresent()).as("frame " + i).isEqualTo(i == 32);
    }
  }

  private Optional<BrowserMessage.Challenge> seen(
      LoginAttempt attempt, int frames, FaceCrop.Builder face) {
    Optional<BrowserMessage.Challenge> last = Optional.empty();
    for (int i = 0; i < frames; i++) {
      last = attempt.saw(faces(frame(attempt), face), now);
    }
    return last;
  }

  @Test
  void thePageFollowsTheActsAndBeginsAnewWithAnotherFace() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults().withChallenge(Rule.ALWAYS));
    BrowserMessage.Challenge first =
        attempt.saw(faces(frame(attempt), face(0, 0, 40)), now).orElseThrow();
    assertThat(first.wanted()).isEqualTo("LOOK_STRAIGHT");
    assertThat(first.acts()).hasSize(2).doesNotHaveDuplicates();
    assertThat(first.leftMs()).isEqualTo(first.timeMs());
    List<ChallengeAct> acts = first.acts().stream().map(ChallengeAct::valueOf).toList();
    assertThat(shown(attempt, 7, 3, 0, 0, 40).orElseThrow().wanted())
        .isEqualTo(first.acts().get(0));
    act(attempt, acts.get(0));
    BrowserMessage.Challenge second = shown(attempt, 7, 1, 0, 0, 40).orElseThrow();
    assertThat(second.done()).isEqualTo(1);
    assertThat(second.wanted()).isEqualTo(first.acts().get(1));
    assertThat(shown(attempt, 8, 1, 0, 0, 40).orElseThrow().done()).as("another face").isZero();
  }

  private void act(LoginAttempt attempt, ChallengeAct act) {
    switch (act) {
      case TURN_LEFT -> shown(attempt, 7, 2, 25, 0, 40);
      case TURN_RIGHT -> shown(attempt, 7, 2, -25, 0, 40);
      case NOD -> shown(attempt, 7, 2, 0, -15, 40);
      default -> shown(attempt, 7, 2, 0, 0, 70);
    }
  }

  private Optional<BrowserMessage.Challenge> shown(
      LoginAttempt attempt, long track, int frames, float yaw, float pitch, float eyes) {
    Optional<BrowserMessage.Challenge> last = Optional.empty();
    for (int i = 0; i < frames; i++) {
      Faces faces =
          Faces.newBuilder()
              .setFrame(frame(attempt))
              .addFaces(face(yaw, pitch, eyes).setTrackId(track))
              .build();
      last = attempt.saw(faces, now);
    }
    return last;
  }

  @Test
  void thePageAsksForAMovementWhileThereIsNoRelief() {
    LoginAttempt attempt = attempt(LivenessSettings.defaults());
    assertThat(attempt.lacksRelief()).as("nobody watches").isFalse();
    attempt.saw(faces(frame(attempt), face(0, 0, 40).setAttackScore(0).setRelief(0.1f)), now);
    assertThat(attempt.lacksRelief()).isTrue();
    attempt.saw(
        faces(
            frame(attempt),
            face(0, 0, 40).setAttackScore(0).setRelief(1).addAttackSigns(AttackSign.FROZEN)),
        now);
    assertThat(attempt.lacksRelief()).isFalse();
  }

  @Test
  void challengesAreStrongAndDifferFromTryToTry() {
    Set<List<ChallengeAct>> drawn = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Challenge challenge = challenges.draw(now, LivenessSettings.defaults().challengeTime());
      assertThat(ChallengeWatch.isStrong(challenge.getActsList())).isTrue();
      drawn.add(challenge.getActsList());
      ids.add(challenge.getChallengeId());
    }
    assertThat(drawn).hasSize(12);
    assertThat(ids).hasSize(500);
  }
}
