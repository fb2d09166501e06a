package io.facelogin.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.matcher.decision.DecisionSettings;
import io.facelogin.matcher.enrolment.EnrolmentSettings;
import io.facelogin.matcher.index.IndexSettings;
import io.facelogin.models.liveness.LivenessSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MatcherSettingsTest {

  @Test
  void defaultsDoNotChangeInPassing() {
    assertThat(MatcherSettings.defaults())
        .isEqualTo(
            new MatcherSettings(
                "matcher-1",
                Path.of("data/matcher"),
                (short) 1,
                2,
                8_589_934_592L,
                new IndexSettings(
                    IndexSettings.Mode.AUTO, Duration.ofMillis(10), 0.998, 50, 0.1, 0.01),
                new DecisionSettings(
                    1e-3, 1e-4, 3, 10, 0.05f, 0.05f, Duration.ofSeconds(10), Duration.ofMinutes(1)),
                LivenessSettings.defaults(),
                new EnrolmentSettings(3, 1e-2, 1e-5)));
  }

  @Test
  void nonsenseIsRefusedWithTheValue() {
    assertThatThrownBy(() -> MatcherSettings.defaults().withWorkerId("a/b"))
        .hasMessageContaining("a/b");
    assertThatThrownBy(() -> DecisionSettings.defaults().withFpir(0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new EnrolmentSettings(0, 0.1, 0.1)).hasMessageContaining("0");
  }
}
