package io.facelogin.matcher.kafka;

import static io.facelogin.contract.v1.ChallengeAct.COME_CLOSER;
import static io.facelogin.contract.v1.ChallengeAct.NOD;
import static io.facelogin.contract.v1.ChallengeAct.TURN_LEFT;
import static io.facelogin.contract.v1.ChallengeAct.TURN_RIGHT;
import static io.facelogin.contract.v1.Reason.ATTACK_SUSPECTED;
import static io.facelogin.contract.v1.Reason.CHALLENGE_FAILED;
import static io.facelogin.contract.v1.Reason.CHECK_MISSING;
import static io.facelogin.contract.v1.Reason.STALE;
import static io.facelogin.matcher.kafka.TestRecords.enrol;
import static io.facelogin.matcher.kafka.TestRecords.samples;
import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.contract.v1.Challenge;
import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Reason;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.models.liveness.LivenessSettings.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of attack and each outage at the log-in page, through the whole topology. */
class AttackTableTest {

  private static final LivenessSettings PASSIVE = LivenessSettings.defaults();
  private static final LivenessSettings PASSIVE_ONLY = PASSIVE.withChallenge(Rule.OFF);
  private static final LivenessSettings BOTH = PASSIVE.withChallenge(Rule.ALWAYS);
  private static final LivenessSettings ACTIVE = BOTH.withAttackCheck(false);
  private static final Duration TIME = Duration.ofSeconds(8);

  /** More frames than any patience lasts. */
  private static final int LONG = 120;

  @TempDir Path folder;

  private record Row(
      String name, LivenessSettings settings, Reason expected, Consumer<TestLogin> play) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(
      String name, LivenessSettings settings, Reason expected, Consumer<TestLogin> play) {
    return new Row(name, settings, expected, play);
  }

  static Stream<Row> attacks() {
    return Stream.of(
        row(
            "print or replay that the networks see",
            PASSIVE,
            ATTACK_SUSPECTED,
            login -> login.score(0.9f).show(20)),
        row(
            "replay that the networks see in most frames",
            PASSIVE,
            ATTACK_SUSPECTED,
            login -> login.score(0.2f).show(2).score(0.95f).show(20)),
        row(
            "the same picture again and again",
            PASSIVE,
            ATTACK_SUSPECTED,
            login -> login.relief(0f).signs(AttackSign.FROZEN).show(10)),
        row(
            "sign that goes away again",
            PASSIVE,
            ATTACK_SUSPECTED,
            login -> login.relief(0f).signs(AttackSign.FROZEN).show(3).signs().relief(1f).show(20)),
        row(
            "still picture that no network and no sign tells",
            PASSIVE,
            ATTACK_SUSPECTED,
            login -> login.relief(0f).show(LONG)),
        row(
            "picture of which the networks are unsure and that does not do what is asked for",
            PASSIVE,
            CHALLENGE_FAILED,
            login ->
                login.relief(0f).show(33).challenged("c", TIME, TURN_LEFT, NOD).straight(LONG)),
        row(
            "relief that comes while the acts do not",
            PASSIVE,
            CHALLENGE_FAILED,
            login ->
                login
                    .relief(0f)
                    .show(33)
                    .challenged("c", TIME, TURN_LEFT, NOD)
                    .relief(1f)
                    .straight(LONG)),
        row(
            "acts on a site that does not ask for any",
            PASSIVE_ONLY,
            ATTACK_SUSPECTED,
            login ->
                login
                    .relief(0f)
                    .challenged("c", TIME, TURN_LEFT, NOD)
                    .straight(4)
                    .turnLeft()
                    .nod()
                    .straight(LONG)),
        row(
            "acts before the networks, that took it for a picture, died",
            PASSIVE,
            ATTACK_SUSPECTED,
            login ->
                login
                    .score(0.9f)
                    .show(6)
                    .score(null)
                    .challenged("c", TIME, TURN_LEFT, NOD)
                    .straight(4)
                    .turnLeft()
                    .nod()
                    .straight(LONG)),
        row(
            "challenge done, but by what the networks take for a replay",
            BOTH,
            ATTACK_SUSPECTED,
            login ->
                login
                    .challenged("c", TIME, TURN_LEFT, NOD)
                    .score(0.9f)
                    .straight(4)
                    .turnLeft()
                    .nod()),
        row(
            "challenge that nobody heeds",
            ACTIVE,
            CHALLENGE_FAILED,
            login -> login.challenged("c", TIME, TURN_LEFT, NOD).straight(LONG)),
        row(
            "wrong act",
            ACTIVE,
            CHALLENGE_FAILED,
            login -> login.challenged("c", TIME, TURN_LEFT, NOD).straight(4).turnRight()),
        row(
            "recording of other acts",
            ACTIVE,
            CHALLENGE_FAILED,
            login -> login.challenged("c", TIME, TURN_LEFT, NOD).straight(4).nod().turnLeft()),
        row(
            "acts done too late",
            ACTIVE,
            CHALLENGE_FAILED,
            login ->
                login
                    .challenged("c", TIME, TURN_LEFT, NOD)
                    .straight(4)
                    .turnLeft()
                    .straight(60)
                    .nod()),
        row(
            "still picture brought closer",
            ACTIVE,
            CHALLENGE_FAILED,
            login ->
                login.challenged("c", TIME, COME_CLOSER, NOD).straight(4).comeCloser().show(LONG)),
        row(
            "own head that acts for a photograph, not encoded",
            ACTIVE,
            CHALLENGE_FAILED,
            login ->
                login
                    .challenged("c", TIME, TURN_LEFT, TURN_RIGHT)
                    .straight(4)
                    .encoded(false)
                    .turnLeft()
                    .turnRight()
                    .encoded(true)
                    .straight(LONG)),
        row(
            "challenge of another session in mid-act",
            ACTIVE,
            CHALLENGE_FAILED,
            login ->
                login
                    .challenged("mine", TIME, TURN_LEFT, NOD)
                    .straight(4)
                    .turnLeft()
                    .challenged("another", TIME, TURN_LEFT, NOD)
                    .nod()
                    .straight(LONG)),
        row(
            "challenge that expired before it began",
            ACTIVE,
            CHALLENGE_FAILED,
            login ->
                login
                    .challenged("old", TIME, TURN_LEFT, NOD)
                    .pause(Duration.ofSeconds(9))
                    .straight(4)
                    .turnLeft()
                    .nod()),
        row(
            "frames from before the challenge was issued",
            ACTIVE,
            CHALLENGE_FAILED,
            login -> {
              Challenge later = login.pause(TIME).challenged("c", TIME, TURN_LEFT, NOD).challenge();
              login
                  .challenge(
                      later.toBuilder()
                          .setIssuedAtUs(later.getIssuedAtUs() + 5_000_000)
                          .setExpiresAtUs(later.getExpiresAtUs())
                          .build())
                  .straight(4)
                  .turnLeft()
                  .nod()
                  .straight(LONG);
            }),
        row(
            "unknown act",
            ACTIVE,
            CHALLENGE_FAILED,
            login -> {
              login.challenged("c", TIME, TURN_LEFT, NOD);
              login
                  .challenge(login.challenge().toBuilder().addActsValue(99).build())
                  .straight(4)
                  .turnLeft()
                  .nod();
            }),
        row(
            "challenge that a flat picture could do",
            ACTIVE,
            CHALLENGE_FAILED,
            login -> login.challenged("c", TIME, COME_CLOSER).straight(4).comeCloser()),
        row(
            "challenge without an end",
            ACTIVE,
            CHALLENGE_FAILED,
            login ->
                login
                    .challenged("c", Duration.ofHours(1), TURN_LEFT, NOD)
                    .straight(4)
                    .turnLeft()
                    .nod()));
  }

  static Stream<Row> outages() {
    return Stream.of(
        row(
            "the networks are away and no challenge stands in",
            PASSIVE_ONLY,
            CHECK_MISSING,
            login -> login.score(null).show(LONG)),
        row(
            "the networks are away and nobody issued a challenge",
            PASSIVE,
            CHECK_MISSING,
            login -> login.score(null).show(LONG)),
        row(
            "the networks die after a few frames",
            PASSIVE,
            CHECK_MISSING,
            login -> login.show(3).score(null).relief(0f).show(LONG)),
        row(
            "scores that are no numbers",
            PASSIVE_ONLY,
            CHECK_MISSING,
            login -> login.score(Float.NaN).show(LONG)),
        row(
            "motion is not watched",
            PASSIVE,
            CHECK_MISSING,
            login -> login.relief(null).show(LONG)),
        row("the challenge was not issued", BOTH, CHECK_MISSING, login -> login.show(LONG)),
        row(
            "a worker between the stages is killed",
            PASSIVE,
            CHECK_MISSING,
            login -> login.show(4)),
        row(
            "old messages",
            PASSIVE,
            STALE,
            login -> login.judgedAfter(Duration.ofMinutes(1)).show(20)),
        row(
            "the clock jumps forward",
            PASSIVE,
            STALE,
            login -> login.relief(0f).show(4).judgedAfter(Duration.ofHours(1)).relief(1f).show(10)),
        row(
            "the clock is behind",
            PASSIVE,
            STALE,
            login -> login.judgedAfter(Duration.ofSeconds(-30)).show(20)),
        row(
            "the same records again and again",
            PASSIVE,
            CHECK_MISSING,
            login -> login.show(4).replayAll().replayAll().replayAll()),
        row(
            "frames of two sessions under one name",
            PASSIVE,
            CHECK_MISSING,
            login -> login.show(4).session("s2").show(4).session("s1").show(4)));
  }

  @ParameterizedTest
  @MethodSource({"attacks", "outages"})
  void isRejectedWithItsReasonAndOpensNothing(Row row) throws IOException {
    List<Decision> decisions = played(row.settings(), row.play());
    assertThat(decisions).isNotEmpty();
    assertThat(decisions).extracting(Decision::getOutcome).containsOnly(Outcome.REJECTED);
    assertThat(decisions).extracting(Decision::getPersonId).containsOnly("");
    assertThat(decisions.get(decisions.size() - 1).getReasonsList()).contains(row.expected());
  }

  static Stream<Row> withoutBeingAsked() {
    return Stream.concat(attacks(), outages()).filter(row -> row.settings().equals(PASSIVE));
  }

  /** Asking everybody is never weaker than asking those who are in doubt. */
  @ParameterizedTest
  @MethodSource("withoutBeingAsked")
  void isRejectedAsWellWhereEverybodyIsAskedForActs(Row row) throws IOException {
    assertThat(played(BOTH, row.play()))
        .isNotEmpty()
        .extracting(Decision::getOutcome)
        .containsOnly(Outcome.REJECTED);
  }

  static Stream<Row> people() {
    return Stream.of(
        row("a living person", PASSIVE, Reason.MATCHED, login -> login.show(6)),
        row(
            "who moves the head a little late",
            PASSIVE,
            Reason.MATCHED,
            login -> login.relief(0f).show(40).relief(0.9f).show(2)),
        row(
            "who is doubted in the first frames",
            PASSIVE,
            Reason.MATCHED,
            login -> login.score(0.9f).show(4).score(0.05f).show(9)),
        row(
            "challenge in place of networks that are away",
            PASSIVE,
            Reason.MATCHED,
            login ->
                login
                    .score(null)
                    .show(5)
                    .challenged("c", TIME, TURN_RIGHT, COME_CLOSER)
                    .straight(4)
                    .turnRight()
                    .comeCloser()),
        row(
            "the same where everybody is asked",
            BOTH,
            Reason.MATCHED,
            login ->
                login
                    .score(null)
                    .challenged("c", TIME, TURN_RIGHT, COME_CLOSER)
                    .straight(4)
                    .turnRight()
                    .comeCloser()),
        row(
            "acts of somebody who held still",
            PASSIVE,
            Reason.MATCHED,
            login ->
                login
                    .relief(0f)
                    .show(33)
                    .challenged("c", Duration.ofSeconds(20), TURN_LEFT, NOD)
                    .straight(70)
                    .turnLeft()
                    .nod()),
        row(
            "acts when the networks died after a few frames",
            PASSIVE,
            Reason.MATCHED,
            login ->
                login
                    .relief(0f)
                    .show(3)
                    .score(null)
                    .show(30)
                    .challenged("c", TIME, TURN_LEFT, NOD)
                    .straight(4)
                    .turnLeft()
                    .nod()),
        row(
            "both checks",
            BOTH,
            Reason.MATCHED,
            login -> login.challenged("c", TIME, TURN_LEFT, NOD).straight(4).turnLeft().nod()),
        row(
            "camera below the eyes",
            ACTIVE,
            Reason.MATCHED,
            login ->
                login
                    .challenged("c", TIME, NOD, TURN_LEFT)
                    .held(4, 15, 40, 4)
                    .held(4, -2, 40, 3)
                    .held(4, 14, 40, 3)
                    .held(24, 14, 38, 3)
                    .held(4, 14, 40, 3)),
        row("no check at all", LivenessSettings.off(), Reason.MATCHED, login -> login.show(3)));
  }

  @ParameterizedTest
  @MethodSource("people")
  void isAcceptedOnceAllChecksHavePassed(Row row) throws IOException {
    List<Decision> decisions = played(row.settings(), row.play());
    assertThat(decisions).extracting(Decision::getOutcome).containsExactly(Outcome.ACCEPTED);
    assertThat(decisions.get(0).getPersonId()).isEqualTo("ann");
  }

  @Test
  void aSwappedFaceFailsTheChallengeWhoeverItIs() throws IOException {
    List<Decision> decisions =
        played(
            ACTIVE,
            login ->
                login
                    .challenged("c", TIME, TURN_LEFT, TURN_RIGHT)
                    .straight(12)
                    .person(2)
                    .turnLeft()
                    .turnRight()
                    .person(1)
                    .straight(40));
    assertThat(decisions).extracting(Decision::getOutcome).containsOnly(Outcome.REJECTED);
    assertThat(decisions.get(0).getReasonsList())
        .containsAnyOf(CHALLENGE_FAILED, Reason.CONFLICTING_FRAMES);
  }

  @Test
  void aStrangerWhoActsForSomebodyKnownIsNotThatPerson() throws IOException {
    // The track loses all of the stranger's frames again before anybody is recognised.
    List<Decision> decisions =
        played(
            ACTIVE,
            login ->
                login
                    .challenged("c", TIME, TURN_LEFT, TURN_RIGHT)
                    .person(9)
                    .straight(4)
                    .turnLeft()
                    .held(-25, 0, 38, 1)
                    .person(1)
                    .held(-25, 0, 38, 1)
                    .straight(40));
    assertThat(decisions).extracting(Decision::getOutcome).doesNotContain(Outcome.ACCEPTED);
  }

  @Test
  void whatFailedOnceFailsForGoodOnThisTrack() throws IOException {
    List<Decision> decisions =
        played(PASSIVE, login -> login.score(0.95f).show(20).score(0f).show(200));
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).getOutcome()).isEqualTo(Outcome.REJECTED);
    assertThat(decisions.get(0).getAttackScore()).isGreaterThan(0.9f);
  }

  @Test
  void nothingIsToldOfAStrangerBeforeTheChecksHaveAnswered() throws IOException {
    assertThat(
            played(PASSIVE, login -> login.person(9).relief(0f).show(LONG)).get(0).getReasonsList())
        .containsExactly(ATTACK_SUSPECTED);
    Decision told = played(PASSIVE, login -> login.person(9).show(20)).get(0);
    assertThat(told.getOutcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(told.getReasonsList()).containsExactly(Reason.NOT_ENROLLED);
  }

  @Test
  void afterFramesOfAnotherTimeEverythingBeginsAnew() throws IOException {
    List<Decision> decisions =
        played(
            PASSIVE,
            login ->
                login
                    .show(4)
                    .judgedAfter(Duration.ofSeconds(8))
                    .show(1)
                    .judgedAfter(Duration.ofMillis(20))
                    .pause(Duration.ofSeconds(8))
                    .show(8));
    assertThat(decisions)
        .extracting(Decision::getOutcome)
        .containsExactly(Outcome.REJECTED, Outcome.ACCEPTED);
    assertThat(decisions.get(0).getReasonsList()).containsExactly(STALE);
    assertThat(decisions.get(1).getFramesUsed()).isEqualTo(5);
  }

  private List<Decision> played(LivenessSettings settings, Consumer<TestLogin> play)
      throws IOException {
    Path own = folder.resolve("run-" + System.nanoTime());
    try (TopologyHarness matcher = new TopologyHarness(own, settings)) {
      matcher.command(enrol("c1", "ann", samples(1, 3, 1)), enrol("c2", "bob", samples(2, 3, 1)));
      TestLogin login = new TestLogin(matcher);
      play.accept(login);
      return login.decisions();
    }
  }
}
