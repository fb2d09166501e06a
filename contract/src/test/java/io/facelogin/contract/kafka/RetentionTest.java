package io.facelogin.contract.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void noTopicKeepsLongerThanItIsGoodFor() {
    Map<String, Duration> kept =
        new Retention(Duration.ofDays(365), Duration.ofDays(365)).byTopic();
    assertThat(kept)
        .containsEntry("faces", Duration.ofHours(1))
        .containsEntry("embeddings", Duration.ofHours(24))
        .containsEntry("decisions", WEEK)
        .containsEntry("faces.dlq", WEEK);
  }

  @Test
  void facesGoWhereverTheyTravelAndDecisionsStayAsLongAsWanted() {
    Map<String, Duration> kept = new Retention(Duration.ofDays(2), Duration.ofHours(12)).byTopic();
    assertThat(kept)
        .containsEntry("embeddings", Duration.ofHours(12))
        .containsEntry("enrolments", Duration.ofHours(12))
        .containsEntry("frames.dlq", Duration.ofHours(12))
        .containsEntry("embeddings.dlq", Duration.ofHours(12))
        .containsEntry("decisions", Duration.ofDays(2))
        .containsEntry("decisions.dlq", Duration.ofDays(2));
    assertThat(kept).doesNotContainKeys("gallery", "cameras", "frames");
  }

  @Test
  void timesOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> new Retention(Duration.ofDays(1), Duration.ofMinutes(5)))
        .hasMessageContaining("faces")
        .hasMessageContaining("PT5M");
    assertThatThrownBy(() -> new Retention(Duration.ofDays(4_000), Duration.ofDays(1)))
        .hasMessageContaining("decisions");
  }
}
