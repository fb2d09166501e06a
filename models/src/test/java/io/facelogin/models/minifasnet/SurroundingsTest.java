package io.facelogin.models.minifasnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.models.geometry.Box;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

  private final Surroundings surroundings = new Surroundings(2.7);

  @Test
  void enlargesTheBoxAboutItsCentre() {
    assertThat(surroundings.placePx(new Box(300, 200, 399, 299), 1000, 800))
        .containsExactly(215, 115, 485, 385);
  }

  @Test
  void pushesInsideWhatJutsOut() {
    assertThat(surroundings.placePx(new Box(900, 10, 999, 109), 1000, 800))
        .containsExactly(729, 0, 999, 270);
  }

  @Test
  void takesNoMoreThanThePictureHas() {
    int[] place = surroundings.placePx(new Box(-40, -30, 500, 600), 400, 300);

    assertThat(place[0]).isGreaterThanOrEqualTo(0);
    assertThat(place[1]).isGreaterThanOrEqualTo(0);
    assertThat(place[2]).isLessThan(400);
    assertThat(place[3]).isLessThan(300);
  }
}
