package io.facelogin.capture.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameRateTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void twentyFourFramesPerSecondBecomeFive() {
    FrameRate rate = new FrameRate(5);

    long taken = LongStream.range(0, 240).filter(i -> rate.takes(i * SECOND / 24)).count();

    assertThat(taken).isBetween(49L, 51L);
  }

  @Test
  void aCameraThatRunsAtTheLimitKeepsNearlyAllFramesThoughItNeverKeepsTime() {
    FrameRate rate = new FrameRate(5);
    Random random = new Random(7);

    long taken =
        LongStream.range(0, 500)
            .filter(i -> rate.takes(i * SECOND / 5 + random.nextLong(40_000_000) - 20_000_000))
            .count();

    assertThat(taken).isGreaterThan(480);
  }

  @Test
  void aPauseIsNotMadeUpForByABurst() {
    FrameRate rate = new FrameRate(5);
    rate.takes(0);

    long taken =
        LongStream.range(0, 25).filter(i -> rate.takes(60 * SECOND + i * SECOND / 25)).count();

    assertThat(taken).isBetween(5L, 6L);
  }
}
