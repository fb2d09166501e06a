package io.facelogin.infra.benchmark.fpir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FpirSimulationTest {

  private static final int DIMENSION = 32;

  @Test
  void strangersGetInAsOftenAsWantedWhereEveryChanceIsIndependent() {
    FpirResult result = new FpirSimulation(people(600, 0), 10, 1).run(100, 1, 0.02);
    assertThat(result.isKept()).isTrue();
    assertThat(result.fpir()).isBetween(0.01, 0.03);
    assertThat(result.calibrationPeople()).isEqualTo(250);
    assertThat(result.fpirWithMargin()).isLessThanOrEqualTo(result.fpir());
  }

  @Test
  void doublesAmongThePeopleRaiseTheThreshold() {
    List<List<float[]>> people = people(300, 0);
    double without = new FpirSimulation(people, 3, 1).run(10, 1, 0.1).threshold();
    people.addAll(List.copyOf(people.subList(0, 30)));
    assertThat(new FpirSimulation(people, 3, 1).run(10, 1, 1e-3).threshold())
        .isGreaterThan(without + 0.1);
  }

  @Test
  void severalTemplatesOfAPersonDoNotBreakThePromise() {
    FpirResult result = new FpirSimulation(people(500, 4), 8, 1).run(100, 4, 0.02);
    assertThat(result.templates()).isEqualTo(400);
    assertThat(result.isKept()).isTrue();
  }

  /** Random directions; further pictures of a person lie around the first. */
  private static List<List<float[]>> people(int count, int further) {
    Random random = new Random(3);
    List<List<float[]>> people = new ArrayList<>();
    for (int person = 0; person < count; person++) {
      List<float[]> pictures = new ArrayList<>();
      float[] first = unit(random, new float[DIMENSION], 0);
      pictures.add(first);
      for (int i = 1; i < further; i++) {
        pictures.add(unit(random, first, 1.5));
      }
      people.add(pictures);
    }
    return people;
  }

  private static float[] unit(Random random, float[] around, double weight) {
    float[] vector = new float[DIMENSION];
    double sum = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (weight * around[i] + random.nextGaussian() / Math.sqrt(DIMENSION));
      sum += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(sum);
    }
    return vector;
  }
}
