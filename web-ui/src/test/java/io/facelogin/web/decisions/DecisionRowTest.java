package io.facelogin.web.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.v1.Decision;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Outcome;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.contract.v1.Trace;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionRowTest {

  private static final UUID PERSON = UUID.fromString("5f0c3c6e-0000-4000-8000-000000000001");

  private static Decision.Builder accepted() {
    return Decision.newBuilder()
        .setDecisionId("lobby/7/1")
        .setFrame(
            FrameRef.newBuilder()
                .setCameraId("lobby")
                .setPurpose(Purpose.WATCH)
                .setCapturedAtUs(1_500_000))
        .setTrackId(7)
        .setRevision(1)
        .setOutcome(Outcome.ACCEPTED)
        .addReasons(Reason.MATCHED)
        .setPersonId(PERSON.toString())
        .setCosineSimilarity(0.7f)
        .setThreshold(0.5f)
        .setTrace(Trace.newBuilder().setDecidedUs(2_000_000));
  }

  @Test
  void decisionKeepsWhatWasDecided() {
    DecisionRow row = DecisionRow.of(accepted().build());
    assertThat(row.personId()).isEqualTo(PERSON);
    assertThat(row.cosineSimilarity()).isEqualTo(0.7f);
    assertThat(row.capturedAt()).isEqualTo(Instant.ofEpochMilli(1_500));
    assertThat(row.decidedAt()).isEqualTo(Instant.ofEpochMilli(2_000));
    assertThat(row.reasons()).containsExactly("MATCHED");
  }

  @Test
  void onlyAnAcceptedDecisionNamesAPerson() {
    DecisionRow row = DecisionRow.of(accepted().setOutcome(Outcome.UNKNOWN).build());
    assertThat(row.personId()).isNull();
  }

  @Test
  void nothingComparedIsNotSimilarityZero() {
    assertThat(DecisionRow.of(accepted().clearCosineSimilarity().build()).cosineSimilarity())
        .isNull();
  }

  @Test
  void recordsThatDecideNothingAreRefused() {
    assertThatThrownBy(() -> DecisionRow.of(accepted().clearOutcome().build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DecisionRow.of(accepted().clearDecisionId().build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DecisionRow.of(accepted().setPersonId("nobody").build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void csvQuotesAndDisarmsFormulas() {
    assertThat(Csv.field("=1+1")).isEqualTo("'=1+1");
    assertThat(Csv.field("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
    assertThat(Csv.field(-0.5f)).isEqualTo("-0.5");
    assertThat(Csv.field(null)).isEmpty();
  }
}
