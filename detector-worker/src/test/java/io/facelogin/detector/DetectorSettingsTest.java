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
                40,
                20,
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofMillis(1500),
                8,
                new FollowSettings(
                    Duration.ofMillis(600),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(80),
                    0.5f,
                    256),
                new SelectionSettings(3, 1.2f, 15, Duration.ofMillis(150), Duration.ofMillis(500)),
                new PresentationSettings(
                    true, 0.025f, 0.055f, Duration.ofSeconds(1), Duration.ofMillis(1500))));
  }

  @Test
  void impossibleValuesAreRefusedByName() {
    DetectorSettings settings = DetectorSettings.defaults();
    assertThatThrownBy(() -> settings.withMinFacePx(11)).hasMessageContaining("minFacePx");
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new FollowSettings(Duration.ZERO, second, second, 0.5f, 8))
        .hasMessageContaining("fullSearch");
    assertThatThrownBy(() -> new FollowSettings(second, second, second, 1.5f, 8))
        .hasMessageContaining("mostChanged");
    assertThatThrownBy(() -> new SelectionSettings(0, 1, 1, second, second))
        .hasMessageContaining("firstPictures");
  }
}
