package io.facelogin.matcher.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import io.facelogin.models.manifest.Manifest.ImpostorRate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThresholdPolicyTest {

  private static final List<ImpostorRate> TABLE =
      TestFaces.manifest().measured().impostorSimilarity();

  private final ThresholdPolicy policy = new ThresholdPolicy(TABLE, 1e-3, 1);

  @Test
  void onePersonNeedsTheRateItselfAndTenNeedATenthOfIt() {
    assertThat(policy.at(1).cosineSimilarity()).isCloseTo(0.451f, within(1e-4f));
    assertThat(policy.at(10).cosineSimilarity()).isCloseTo(0.532f, within(1e-3f));
    assertThat(policy.at(100).cosineSimilarity()).isCloseTo(0.599f, within(1e-3f));
    assertThat(policy.at(31).cosineSimilarity()).isBetween(0.55f, 0.58f);
  }

  @Test
  void beyondWhatWasMeasuredItSaysSo() {
    assertThat(policy.at(50).extrapolated()).isFalse();
    Threshold large = policy.at(10_000);
    assertThat(large.extrapolated()).isTrue();
    assertThat(large.cosineSimilarity()).isCloseTo(0.733f, within(2e-3f));
    assertThat(policy.thresholdFor(1e-2)).isCloseTo(0.370f, within(1e-3f));
  }

  @Test
  void aSmallGalleryIsNotAnEasyOne() {
    ThresholdPolicy strict = new ThresholdPolicy(TABLE, 1e-3, 1e-4);
    assertThat(strict.at(1).cosineSimilarity()).isCloseTo(0.532f, within(1e-4f));
    assertThat(strict.at(1).fpirAtGallerySize()).isCloseTo(1e-4, within(1e-6));
    assertThat(strict.at(0)).isEqualTo(strict.at(1));
  }

  @Property(tries = 200)
  void theWantedErrorIsKeptAtEverySizeAndThresholdsOnlyRise(
      @ForAll @IntRange(min = 1, max = 1_000_000) int people) {
    Threshold threshold = policy.at(people);
    assertThat(threshold.fpirAtGallerySize()).isCloseTo(1e-3, within(1e-8));
    assertThat(policy.at(people + 1).cosineSimilarity())
        .isGreaterThanOrEqualTo(threshold.cosineSimilarity());
  }

  @Test
  void withoutMeasurementsThereIsNoThreshold() {
    assertThatThrownBy(() -> new ThresholdPolicy(List.of(), 1e-3, 1))
        .hasMessageContaining("impostor-similarity");
  }
}
