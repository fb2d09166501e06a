package io.facelogin.matcher.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScanWarmUpTest {

  @Test
  void scansOftenEnoughForTheCompilerAndEndsByItself() throws InterruptedException {
    assertThat(ScanWarmUp.run(8)).isPositive();
  }

  @Test
  void aMatcherThatIsStoppedMeanwhileIsNotHeldUp() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ScanWarmUp.run(8)).isInstanceOf(InterruptedException.class);
  }
}
