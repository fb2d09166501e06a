package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.kafka.Retention;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.access.AccessSettings;
import io.facelogin.web.tls.TransportSettings;
import io.facelogin.web.token.TokenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
                LivenessSettings.defaults(),
                TransportSettings.plain(),
                TokenSettings.defaults(),
                AccessSettings.defaults(),
                Retention.defaults(),
                Map.of()));
    assertThat(TokenSettings.defaults())
        .isEqualTo(
            new TokenSettings(
                Duration.ofMinutes(10),
                Duration.ofDays(90),
                Path.of("data", "keys", "signing-keys.key")));
  }

  @Test
  void whatWasSeenIsForgottenByDefault() {
    assertThat(Retention.defaults())
        .isEqualTo(new Retention(Duration.ofDays(30), Duration.ofDays(1)));
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    WebSettings defaults = WebSettings.defaults();
    assertThatThrownBy(() -> defaults.withPort(70_000)).hasMessageContaining("70000");
    assertThatThrownBy(() -> defaults.withRunToken("short")).hasMessageContaining("runToken");
    assertThatThrownBy(() -> defaults.withVerificationThreshold(2)).hasMessageContaining("2");
  }
}
