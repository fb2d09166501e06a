package io.facelogin.infra.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RejectCurveTest {

  private final List<ScoredPair> pairs = new ArrayList<>();

  @Test
  void qualityThatPredictsErrorsHasThemAmongTheLowest() {
    for (int i = 0; i < 100; i++) {
      pair(true, i < 4 || i == 50 ? 0.1 : 0.9, i / 100.0);
    }
    pair(false, 0.9, 0); // of two people: an error, but no miss
    RejectCurve curve = new RejectCurve(pairs);
    RejectCurve.Split misses = curve.splitOfMisses(0.5);
    assertThat(misses).isEqualTo(new RejectCurve.Split(0.05, 4, 5, 1, 95));
    assertThat(misses.lowestRate()).isEqualTo(0.8);
    assertThat(curve.split(pair -> !pair.isRightAt(0.5)).lowestErrors()).isEqualTo(5);
    double[] rates = curve.missRates(0.5, new double[] {0, 0.1, 0.6});
    assertThat(rates[0]).isCloseTo(0.05, within(1e-9));
    assertThat(rates[1]).isCloseTo(1 / 90.0, within(1e-9));
    assertThat(rates[2]).isZero();
  }

  @Test
  void pairsWithoutAFaceHaveNoQualityToBeJudgedBy() {
    Pair none = new Pair(Path.of("a"), Path.of("b"), true, "", "");
    pairs.add(new ScoredPair(none, OptionalDouble.empty(), OptionalDouble.empty()));
    RejectCurve.Split split = new RejectCurve(pairs).splitOfMisses(0.5);
    assertThat(split).isEqualTo(new RejectCurve.Split(0, 0, 0, 0, 0));
  }

  private void pair(boolean same, double similarity, double quality) {
    Pair pair = new Pair(Path.of("a" + pairs.size()), Path.of("b"), same, "", "");
    pairs.add(new ScoredPair(pair, OptionalDouble.of(similarity), OptionalDouble.of(quality)));
  }
}
