package io.facelogin.infra.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorRatesTest {

  private final List<ScoredPair> pairs = new ArrayList<>();

  @Test
  void thresholdLetsThroughExactlyTheFalseMatchesOfItsRate() {
    for (int i = 0; i < 1000; i++) {
      listed(false, i / 1000.0 * 0.5); // 0 to 0.4995
    }
    listed(true, 0.9);
    listed(true, 0.4992);
    listed(true, 0.3);
    List<OperatingPoint> points = rates().points();
    assertThat(points).extracting(OperatingPoint::falseMatches).containsExactly(100L, 10L, 1L);
    OperatingPoint rarest = points.get(2);
    assertThat(rarest.falseMatchRate()).isEqualTo(1e-3);
    assertThat(rarest.threshold()).isCloseTo(0.4991, within(1e-6));
    assertThat(rarest.trueAcceptRate()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void ratesEndWhereTheDataHasNotOneFalseMatch() {
    for (int i = 0; i < 99; i++) {
      listed(false, 0.1);
    }
    listed(true, 0.9);
    assertThat(rates().points()).extracting(OperatingPoint::falseMatchRate).containsExactly(0.1);
  }

  @Test
  void whereNoErrorWasSeenThereMayBeThreeInAsManyTrials() {
    for (int i = 0; i < 200; i++) {
      listed(false, 0.1);
    }
    for (int i = 0; i < 60; i++) {
      listed(true, 0.9);
    }
    OperatingPoint point = rates().at(0.5);
    assertThat(point.missRate()).isEqualTo(new Interval(0, 0.05));
    assertThat(point.falseMatchInterval()).contains(new Interval(0, 0.015));
    assertThat(Interval.ofNone(1)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void pairWithoutAFoundFaceIsAMiss() {
    listed(false, 0.1);
    listed(true, 0.9);
    Pair pair = new Pair(Path.of("x/1"), Path.of("x/2"), true, "", "");
    pairs.add(new ScoredPair(pair, OptionalDouble.empty(), OptionalDouble.empty()));
    assertThat(rates().at(0.5).misses()).isEqualTo(1);
  }

  /** 10 % of independent misses of 400 pairs: the normal interval is 7.1 to 12.9 %. */
  @Test
  void intervalOfIndependentPairsIsTheBinomialOne() {
    for (int i = 0; i < 400; i++) {
      listed(true, i % 10 == 0 ? 0.1 : 0.9);
    }
    listed(false, 0.2);
    Interval interval = rates().at(0.5).missRate();
    assertThat(interval.low()).isCloseTo(0.071, within(0.008));
    assertThat(interval.high()).isCloseTo(0.129, within(0.008));
    assertThat(rates().at(0.5).missRate()).as("the same seed").isEqualTo(interval);
  }

  /**
   * The misses of one person come together: an interval over pairs would be three times too small.
   */
  @Test
  void intervalIsOverPeopleWhereTheyAreKnown() {
    Map<Path, String> people = new HashMap<>();
    for (int person = 0; person < 40; person++) {
      for (int i = 0; i < 10; i++) {
        Path first = Path.of("p" + person, "a" + i);
        Path second = Path.of("p" + person, "b" + i);
        people.put(first, "p" + person);
        people.put(second, "p" + person);
        Pair pair = new Pair(first, second, true, "", "");
        pairs.add(
            new ScoredPair(
                pair, OptionalDouble.of(person < 4 ? 0.1 : 0.9), OptionalDouble.empty()));
      }
    }
    var pictures =
        new LabelledPictures("made", pairs.stream().map(ScoredPair::pair).toList(), people);
    Interval interval =
        new ErrorRates(pictures, pairs, ImpostorScores.ofListed(pairs), 1).at(0.5).missRate();
    assertThat(interval.low()).isLessThan(0.04);
    assertThat(interval.high()).isGreaterThan(0.16);
  }

  @Test
  void everyPictureIsComparedWithEveryPictureOfSomebodyElse() {
    Random random = new Random(3);
    List<float[]> vectors = new ArrayList<>();
    int[] people = new int[60];
    for (int i = 0; i < people.length; i++) {
      people[i] = i / 3;
      vectors.add(unit(random));
    }
    ImpostorScores scores = ImpostorScores.ofAll(vectors, people);
    assertThat(scores.pairs()).isEqualTo(60 * 59 / 2 - 20 * 3);
    long reaching = 0;
    for (int a = 0; a < 60; a++) {
      for (int b = a + 1; b < 60; b++) {
        double cosine = 0;
        for (int k = 0; k < 8; k++) {
          cosine += vectors.get(a)[k] * vectors.get(b)[k];
        }
        reaching += people[a] != people[b] && cosine >= 0.5 ? 1 : 0;
      }
    }
    assertThat(scores.reaching(0.5)).isEqualTo(reaching);
    int[] once = new int[20];
    java.util.Arrays.fill(once, 1);
    assertThat(scores.falseMatchRate(0.5, once)).isEqualTo(scores.falseMatchRate(0.5));
  }

  @Test
  void errorsAreEqualWhereTheCurvesCross() {
    for (int i = 0; i < 100; i++) {
      listed(false, i / 100.0 * 0.6);
      listed(true, 0.5 + i / 100.0 * 0.5);
    }
    assertThat(rates().equalErrorRate()).isCloseTo(0.09, within(0.015));
  }

  private static float[] unit(Random random) {
    float[] vector = new float[8];
    double sum = 0;
    for (int k = 0; k < 8; k++) {
      vector[k] = (float) random.nextGaussian();
      sum += vector[k] * vector[k];
    }
    for (int k = 0; k < 8; k++) {
      vector[k] /= (float) Math.sqrt(sum);
    }
    return vector;
  }

  private ErrorRates rates() {
    var pictures =
        new LabelledPictures("made", pairs.stream().map(ScoredPair::pair).toList(), Map.of());
    return new ErrorRates(pictures, pairs, ImpostorScores.ofListed(pairs), 1);
  }

  private void listed(boolean same, double similarity) {
    String number = String.valueOf(pairs.size());
    Pair pair = new Pair(Path.of("a", number), Path.of("b", number), same, "", "");
    pairs.add(new ScoredPair(pair, OptionalDouble.of(similarity), OptionalDouble.empty()));
  }
}
