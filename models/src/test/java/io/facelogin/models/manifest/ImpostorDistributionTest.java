package io.facelogin.models.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.models.manifest.ImpostorDistribution.Tail;
import io.facelogin.models.manifest.Manifest.ImpostorRate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImpostorDistributionTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

  private final ImpostorDistribution measured =
      ImpostorMeasurement.of(people(700, 2, 64), "made here", DAY);

  @Test
  void independentDirectionsGiveTheBellCurveOfTheirDimension() {
    // Cosines of random unit vectors of 64 numbers: deviation 1/8.
    assertThat(measured.similarityAt(0.1587)).isCloseTo(0.125, within(0.005));
    assertThat(measured.similarityAt(1.35e-3)).isCloseTo(0.363, within(0.01));
    assertThat(measured.evidence().orElseThrow().pairs()).isEqualTo(4L * 700 * 699 / 2);
    assertThat(measured.leastMeasuredRate()).isBetween(1e-5, 1e-4);
  }

  @Test
  void theTailGoesOnWhereTheDataEnds() {
    // 1e-6 is 4.75 deviations of a normal distribution; a sphere's tail is a little shorter.
    assertThat(measured.similarityAt(1e-6)).isCloseTo(0.57, within(0.05));
    for (double rate = 0.3; rate > 1e-9; rate /= 3) {
      assertThat(measured.similarityAt(rate / 3))
          .isGreaterThanOrEqualTo(measured.similarityAt(rate));
      assertThat(measured.falseMatchRateAt(measured.similarityAt(rate)))
          .isCloseTo(rate, within(0.35 * rate));
    }
  }

  @Test
  void oneLookalikePairIsSeenHoweverManyOthersThereAre() {
    List<List<float[]>> people = people(200, 1, 64);
    people.add(people.get(0));
    ImpostorDistribution lookalikes = ImpostorMeasurement.of(people, "made here", DAY);
    assertThat(lookalikes.tail().shape()).isGreaterThan(measured.tail().shape());
  }

  @Test
  void writtenIntoAManifestItIsReadTheSame() throws Exception {
    String once = ManifestYaml.withImpostors(ManifestYamlTest.WHOLE, measured);
    String twice = ManifestYaml.withImpostors(once, measured);
    assertThat(twice).isEqualTo(once).contains("verification-threshold: 0.4");

    ImpostorDistribution read =
        ManifestYaml.read("my.yaml", once).measured().impostors().orElseThrow();
    assertThat(read.evidence()).isEqualTo(measured.evidence());
    assertThat(read.genuine()).isEqualTo(measured.genuine());
    assertThat(read.similarityAt(1e-3)).isCloseTo(measured.similarityAt(1e-3), within(1e-3));
    assertThat(read.similarityAt(1e-7)).isCloseTo(measured.similarityAt(1e-7), within(1e-3));
  }

  @Test
  void aTableAloneGoesOnAlongItsLastLine() {
    var table =
        ImpostorDistribution.ofTable(
            List.of(
                new ImpostorRate(1e-3, 0.4, OptionalDouble.of(0.9)),
                new ImpostorRate(1e-4, 0.5, OptionalDouble.of(0.8))));
    assertThat(table.similarityAt(1e-5)).isCloseTo(0.6, within(1e-9));
    assertThat(table.similarityAt(1e-2)).isCloseTo(0.3, within(1e-9));
    assertThat(table.trueAcceptRateAt(0.45).orElseThrow()).isCloseTo(0.85, within(1e-9));
  }

  @Test
  void tailOfAKnownLawIsFoundAgainALittleLongerRatherThanShorter() {
    Tail law = new Tail(0.4, 1e-3, 0.05, 0.1);
    double[] peaks = new double[4_000];
    for (int i = 0; i < peaks.length; i++) {
      peaks[i] = law.similarityAt(1e-3 * (i + 0.5) / peaks.length);
    }
    Tail fitted = ParetoTail.fit(peaks, 4_000_000);
    assertThat(fitted.shape()).isBetween(0.11, 0.14);
    assertThat(fitted.scale()).isCloseTo(0.05, within(0.002));
    assertThat(fitted.similarityAt(1e-7)).isGreaterThan(law.similarityAt(1e-7));
  }

  @Test
  void aHandfulOfPicturesIsNoMeasurement() {
    assertThatThrownBy(() -> ImpostorMeasurement.of(people(20, 1, 8), "made here", DAY))
        .hasMessageContaining("190 pairs of different people are too few");
  }

  @Test
  void distributionWithAFallingPointIsAFaultOfTheManifest() {
    String yaml = ManifestYaml.withImpostors(ManifestYamlTest.WHOLE, measured);
    assertThatThrownBy(
            () ->
                ManifestYaml.read(
                    "my.yaml", yaml.replaceFirst("similarity: 0\\.", "similarity: -0.9")))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessageContaining("measured.impostor-distribution.points");
  }

  private static List<List<float[]>> people(int people, int pictures, int dimension) {
    Random random = new Random(5);
    List<List<float[]>> all = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      List<float[]> own = new ArrayList<>();
      for (int picture = 0; picture < pictures; picture++) {
        float[] vector = new float[dimension];
        double norm = 0;
        for (int i = 0; i < dimension; i++) {
          vector[i] = (float) random.nextGaussian();
          norm += vector[i] * vector[i];
        }
        for (int i = 0; i < dimension; i++) {
          vector[i] /= (float) Math.sqrt(norm);
        }
        own.add(vector);
      }
      all.add(own);
    }
    return all;
  }
}
