package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.liveness.LivenessSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebSettingsTest {

  @Test
  void defaultsListenToThisMachineOnly() {
    assertThat(WebSettings.defaults())
        .isEqualTo(
            new WebSettings(
                "127.0.0.1",
                8080,
                true,
                Optional.empty(),
                60,
                0.451f,
                12,
                200,
                Duration.ofSeconds(10),
                "2026-11",
                LivenessSettings.defaults()));
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    WebSettings defaults = WebSettings.defaults();
    assertThatThrownBy(() -> defaults.withPort(70_000)).hasMessageContaining("70000");
    assertThatThrownBy(() -> defaults.withRunToken("short")).hasMessageContaining("runToken");
    assertThatThrownBy(() -> defaults.withVerificationThreshold(2)).hasMessageContaining("2");
  }
}
