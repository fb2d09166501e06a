package io.facelogin.matcher.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import io.facelogin.models.manifest.ImpostorDistribution;
import io.facelogin.models.manifest.Manifest.ImpostorRate;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThresholdPolicyTest {

  private static final ImpostorDistribution TABLE =
      TestFaces.manifest().measured().impostors().orElseThrow();

  private final ThresholdPolicy policy = new ThresholdPolicy(TABLE, 1e-3, 1);

  @Test
  void onePersonNeedsTheRateItselfAndTenNeedATenthOfIt() {
    assertThat(policy.at(1, 1).cosineSimilarity()).isCloseTo(0.451f, within(1e-4f));
    assertThat(policy.at(10, 10).cosineSimilarity()).isCloseTo(0.532f, within(1e-3f));
    assertThat(policy.at(100, 100).cosineSimilarity()).isCloseTo(0.599f, within(1e-3f));
    assertThat(policy.at(31, 31).cosineSimilarity()).isBetween(0.55f, 0.58f);
  }

  @Test
  void beyondWhatWasMeasuredItSaysSo() {
    assertThat(policy.at(50, 50).extrapolated()).isFalse();
    Threshold large = policy.at(10_000, 10_000);
    assertThat(large.extrapolated()).isTrue();
    assertThat(large.cosineSimilarity()).isCloseTo(0.733f, within(2e-3f));
    assertThat(policy.thresholdFor(1e-2)).isCloseTo(0.370f, within(1e-3f));
  }

  @Test
  void aSmallGalleryIsNotAnEasyOne() {
    ThresholdPolicy strict = new ThresholdPolicy(TABLE, 1e-3, 1e-4);
    assertThat(strict.at(1, 1).cosineSimilarity()).isCloseTo(0.532f, within(1e-4f));
    assertThat(strict.at(1, 1).fpirAtGallerySize()).isCloseTo(1e-4, within(1e-6));
    assertThat(strict.at(0, 0)).isEqualTo(strict.at(1, 1));
  }

  @Property(tries = 200)
  void theWantedErrorIsKeptAtEverySizeAndThresholdsOnlyRise(
      @ForAll @IntRange(min = 1, max = 1_000_000) int people) {
    Threshold threshold = policy.at(people, people);
    assertThat(threshold.fpirAtGallerySize()).isCloseTo(1e-3, within(1e-8));
    assertThat(policy.at(people + 1, people + 1).cosineSimilarity())
        .isGreaterThanOrEqualTo(threshold.cosineSimilarity());
  }

  @Test
  void moreTemplatesOfAPersonAreMoreChancesButNotOneEach() {
    float one = policy.at(10, 10).cosineSimilarity();
    float five = policy.at(10, 50).cosineSimilarity();
    assertThat(five).isGreaterThan(one).isLessThan(policy.at(50, 50).cosineSimilarity());
    assertThat(policy.at(10, 50).fpirAtGallerySize()).isCloseTo(1e-3, within(1e-8));
  }

  @Test
  void whatMostPeopleDoNotReachIsSaidToBeOutOfReachAndStaysShut() {
    ThresholdPolicy measured =
        new ThresholdPolicy(
            ImpostorDistribution.ofTable(
                List.of(
                    new ImpostorRate(1e-3, 0.5, OptionalDouble.of(0.95)),
                    new ImpostorRate(1e-5, 0.7, OptionalDouble.of(0.75)))),
            1e-3,
            1);
    assertThat(measured.at(100, 100).reachable()).isTrue();
    assertThat(measured.at(100, 100).trueAcceptRate().orElseThrow()).isBetween(0.7, 0.8);

    Threshold beyond = measured.at(100_000, 100_000);
    assertThat(beyond.reachable()).isFalse();
    assertThat(beyond.cosineSimilarity()).isGreaterThan(0.9f);
    // Above 1 no face at all gets in.
    assertThat(measured.at(1_000_000_000, 1_000_000_000).cosineSimilarity()).isGreaterThan(1);
  }
}
