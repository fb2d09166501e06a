package io.facelogin.infra.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.infra.evaluation.Judgement.ThresholdSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private final List<ScoredPair> pairs = new ArrayList<>();

  @Test
  void thresholdLiesBetweenTheMostSimilarStrangersAndTheLeastSimilarSelves() {
    scored("", true, 0.8, 0.6);
    scored("", false, 0.4, 0.1);
    assertThat(Thresholds.mostAccurate(pairs)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void thresholdGivesUpOnePairToSaveTwo() {
    scored("", true, 0.9, 0.8, 0.2);
    scored("", false, 0.3, 0.25, 0.1);
    assertThat(Thresholds.mostAccurate(pairs)).isCloseTo(0.55, within(1e-9));
  }

  @Test
  void eachFoldIsJudgedWithTheThresholdOfTheOthers() {
    // Fold a alone would choose 0.3 and be wholly right; what b teaches is 0.6.
    scored("a", true, 0.5);
    scored("a", false, 0.1);
    scored("b", true, 0.8);
    scored("b", false, 0.4);
    Judgement judgement = Judgement.of(pairs, OptionalDouble.of(0.7));
    assertThat(judgement.thresholdSource()).isEqualTo(ThresholdSource.FOLDS);
    // a: 0.5 < 0.6 is wrong, 0.1 right. b: 0.8 right, 0.4 >= 0.3 wrong.
    assertThat(judgement.accuracy()).isEqualTo(0.5);
    assertThat(judgement.threshold()).isCloseTo(0.45, within(1e-9));
  }

  @Test
  void aFaceThatIsNotFoundIsAnErrorWhateverThePairIs() {
    scored("", true, 0.9);
    scored("", false, 0.1);
    pairs.add(new ScoredPair(pair("", true), OptionalDouble.empty()));
    pairs.add(new ScoredPair(pair("", false), OptionalDouble.empty()));
    Judgement judgement = Judgement.of(pairs, OptionalDouble.of(0.5));
    assertThat(judgement.accuracy()).isEqualTo(0.5);
    assertThat(judgement.thresholdSource()).isEqualTo(ThresholdSource.MANIFEST);
    assertThat(judgement.trueAcceptRates()).containsEntry("1e-3", 0.5);
  }

  @Test
  void withoutFoldsAndThresholdTenFoldsAreMade() {
    for (int i = 0; i < 20; i++) {
      scored("", true, 0.7 + i * 0.01);
      scored("", false, 0.1 + i * 0.01);
    }
    Judgement judgement = Judgement.of(pairs, OptionalDouble.empty());
    assertThat(judgement.thresholdSource()).isEqualTo(ThresholdSource.CROSS_VALIDATED);
    assertThat(judgement.accuracy()).isEqualTo(1);
  }

  @Test
  void trueAcceptRateAllowsExactlyTheFalseMatchesOfItsRate() {
    for (int i = 0; i < 1000; i++) {
      scored("", false, i / 1000.0 * 0.5); // 0 to 0.4995
    }
    scored("", true, 0.9, 0.4993, 0.3);
    assertThat(Thresholds.trueAcceptRate(pairs, 1e-3)).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(Thresholds.trueAcceptRate(pairs, 1e-4)).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(Thresholds.trueAcceptRate(pairs, 1)).isEqualTo(1);
  }

  private void scored(String fold, boolean same, double... similarities) {
    for (double similarity : similarities) {
      pairs.add(new ScoredPair(pair(fold, same), OptionalDouble.of(similarity)));
    }
  }

  private static Pair pair(String fold, boolean same) {
    return new Pair(Path.of("a.jpg"), Path.of("b.jpg"), same, fold, "");
  }
}
