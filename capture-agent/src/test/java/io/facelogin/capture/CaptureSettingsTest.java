package io.facelogin.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CaptureSettingsTest {

  @Test
  void defaultsDoNotChangeInPassing() {
    assertThat(CaptureSettings.defaults())
        .isEqualTo(
            new CaptureSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofSeconds(3),
                5,
                90,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3)));
  }

  @Test
  void aSettingOutOfBoundsIsNamedWithItsValue() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(
            () -> new CaptureSettings(second, second, second, second, 0, 90, 2, second, second))
        .hasMessage("framesPerSecond must be above 0 and at most 60, got 0.0");
    assertThatThrownBy(
            () ->
                new CaptureSettings(
                    second, Duration.ZERO, second, second, 5, 90, 2, second, second))
        .hasMessage("stallTimeout must be above zero, got PT0S");
  }
}
