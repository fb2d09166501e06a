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
    pairs.add(new ScoredPair(pair("", true), OptionalDouble.empty(), OptionalDouble.empty()));
    pairs.add(new ScoredPair(pair("", false), OptionalDouble.empty(), OptionalDouble.empty()));
    Judgement judgement = Judgement.of(pairs, OptionalDouble.of(0.5));
    assertThat(judgement.accuracy()).isEqualTo(0.5);
    assertThat(judgement.thresholdSource()).isEqualTo(ThresholdSource.MANIFEST);
    assertThat(judgement.wrong()).containsExactlyInAnyOrder(pairs.get(2), pairs.get(3));
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
  void deviationIsThatOfTheFolds() {
    scored("a", true, 0.8, 0.7);
    scored("a", false, 0.1, 0.2);
    scored("b", true, 0.8, 0.1);
    scored("b", false, 0.2, 0.3);
    Judgement judgement = Judgement.of(pairs, OptionalDouble.empty());
    assertThat(judgement.folds()).isEqualTo(2);
    // a: all right; b: one of four wrong. Sample deviation of 1 and 0.75.
    assertThat(judgement.accuracy()).isEqualTo(0.875);
    assertThat(judgement.deviation()).isCloseTo(0.1768, within(1e-4));
  }

  @Test
  void eachGroupHasItsOwnErrors() {
    for (String group : new String[] {"young", "old"}) {
      Pair same = new Pair(Path.of("a.jpg"), Path.of("b.jpg"), true, "", group);
      Pair other = new Pair(Path.of("a.jpg"), Path.of("c.jpg"), false, "", group);
      double similarity = group.equals("old") ? 0.3 : 0.8;
      pairs.add(new ScoredPair(same, OptionalDouble.of(similarity), OptionalDouble.empty()));
      pairs.add(new ScoredPair(other, OptionalDouble.of(0.1), OptionalDouble.empty()));
    }
    Judgement judgement = Judgement.of(pairs, OptionalDouble.of(0.5));
    assertThat(judgement.groups())
        .containsEntry("young", new Judgement.Group(1, 1, 0, 1, 0))
        .containsEntry("old", new Judgement.Group(0.5, 1, 1, 1, 0));
  }

  private void scored(String fold, boolean same, double... similarities) {
    for (double similarity : similarities) {
      pairs.add(
          new ScoredPair(pair(fold, same), OptionalDouble.of(similarity), OptionalDouble.empty()));
    }
  }

  private static Pair pair(String fold, boolean same) {
    return new Pair(Path.of("a.jpg"), Path.of("b.jpg"), same, fold, "");
  }
}
