package io.facelogin.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelTest {

  private static final Kernel TWO_TO_TWO = new Kernel(1, 1, 2, 2, new float[] {1, 2, 3, 4});
  private static final Kernel TWO_TO_ONE = new Kernel(1, 1, 2, 1, new float[] {5, -1});

  @Test
  void layersWithNothingBetweenThemAreOne() {
    Kernel both = TWO_TO_TWO.then(TWO_TO_ONE);

    assertThat(both.values()).containsExactly(3, 11);
    assertThat(both.out()).isEqualTo(1);
    assertThat(TWO_TO_ONE.applied(new float[] {10, 20}, new float[] {0.5f})).containsExactly(30.5f);
  }

  @Test
  void aSignChangedBehindOneLayerIsTakenBackByTheNext() {
    double[] signs = {1, -1};

    assertThat(TWO_TO_TWO.outputsTimes(signs).then(TWO_TO_ONE.inputsTimes(signs)).values())
        .isEqualTo(TWO_TO_TWO.then(TWO_TO_ONE).values());
  }
}
