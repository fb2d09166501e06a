package io.facelogin.detector.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static final long NOW_US = 1_764_000_000_000_000L;

  private final Freshness freshness = new Freshness(Duration.ofSeconds(2), Duration.ofMillis(500));

  @Test
  void frameOlderThanTheLimitIsStale() {
    assertThat(
            freshness.stale(
                List.of(frame("a", 1, 2100, Purpose.WATCH), frame("b", 1, 1900, Purpose.LOGIN)),
                NOW_US))
        .containsExactly(true, false);
  }

  @Test
  void frameOfAClockThatRunsAheadIsStaleToo() {
    assertThat(
            freshness.stale(
                List.of(
                    frame("a", 1, -2100, Purpose.WATCH),
                    frame("b", 1, -1900, Purpose.LOGIN),
                    frame("c", 1, -3_600_000, Purpose.LOGIN)),
                NOW_US))
        .containsExactly(true, false, true);
  }

  @Test
  void stillPictureIsNeverStale() {
    assertThat(freshness.stale(List.of(frame("a", 1, 600_000, Purpose.IDENTIFY)), NOW_US))
        .containsExactly(false);
  }

  @Test
  void olderFrameIsSkippedWhenTheWorkerIsBehindAndANewerOfItsCameraWaits() {
    assertThat(
            freshness.stale(
                List.of(
                    frame("a", 1, 900, Purpose.WATCH),
                    frame("a", 2, 700, Purpose.WATCH),
                    frame("b", 7, 800, Purpose.WATCH)),
                NOW_US))
        .containsExactly(true, false, false);
  }

  @Test
  void nothingIsSkippedWhileTheWorkerKeepsUp() {
    assertThat(
            freshness.stale(
                List.of(frame("a", 1, 250, Purpose.WATCH), frame("a", 2, 50, Purpose.WATCH)),
                NOW_US))
        .containsExactly(false, false);
  }

  private static FrameRef frame(String camera, long sequence, long ageMs, Purpose purpose) {
    return FrameRef.newBuilder()
        .setCameraId(camera)
        .setSequence(sequence)
        .setCapturedAtUs(NOW_US - ageMs * 1000)
        .setPurpose(purpose)
        .build();
  }
}
