package io.facelogin.infra.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionComparisonTest {

  @Test
  void theSameDecisionsInAnotherOrderAreEqual() {
    Decision a = decision("1", "door", 5, Outcome.ACCEPTED, "anna");
    Decision b = decision("2", "door", 9, Outcome.UNKNOWN, "");

    DecisionComparison comparison = DecisionComparison.of(List.of(a, b), List.of(b, a));

    assertThat(comparison.isEqual()).isTrue();
    assertThat(comparison.equal()).hasSize(2);
  }

  @Test
  void aDecisionDeliveredTwiceCountsOnceButTwoFacesOfAFrameCountTwice() {
    Decision a = decision("1", "door", 5, Outcome.UNKNOWN, "");
    Decision b = decision("2", "door", 5, Outcome.UNKNOWN, "");

    assertThat(DecisionComparison.of(List.of(a, b), List.of(a, b, a)).isEqual()).isTrue();
    assertThat(DecisionComparison.of(List.of(a, b), List.of(a)).onlyRecorded()).hasSize(1);
  }

  @Test
  void anotherPersonFrameOrOutcomeIsADifferenceOnBothSides() {
    Decision recorded = decision("1", "door", 5, Outcome.ACCEPTED, "anna");

    for (Decision replayed :
        List.of(
            decision("1", "door", 5, Outcome.ACCEPTED, "berta"),
            decision("1", "door", 6, Outcome.ACCEPTED, "anna"),
            decision("1", "door", 5, Outcome.UNKNOWN, ""),
            decision("1", "gate", 5, Outcome.ACCEPTED, "anna"))) {
      DecisionComparison comparison = DecisionComparison.of(List.of(recorded), List.of(replayed));
      assertThat(comparison.isEqual()).isFalse();
      assertThat(comparison.onlyRecorded()).hasSize(1);
      assertThat(comparison.onlyReplayed()).hasSize(1);
    }
    assertThat(DecisionComparison.of(List.of(recorded), List.of()).isEqual()).isFalse();
  }

  private static Decision decision(
      String id, String camera, long sequence, Outcome outcome, String person) {
    return Decision.newBuilder()
        .setDecisionId(id)
        .setFrame(FrameRef.newBuilder().setCameraId(camera).setSequence(sequence))
        .setOutcome(outcome)
        .setPersonId(person)
        .build();
  }
}
