package io.facelogin.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DetectorSettingsTest {

  @Test
  void defaultsStayAsTheyAre() {
    assertThat(DetectorSettings.defaults())
        .isEqualTo(
            new DetectorSettings(
                40, 20, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(1500), 8));
  }

  @Test
  void impossibleValuesAreRefusedByName() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new DetectorSettings(11, 20, second, second, second, 8))
        .hasMessageContaining("minFacePx");
    assertThatThrownBy(() -> new DetectorSettings(40, 20, Duration.ZERO, second, second, 8))
        .hasMessageContaining("maxFrameAge");
  }
}
