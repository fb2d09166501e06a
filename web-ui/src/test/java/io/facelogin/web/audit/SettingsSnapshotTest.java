package io.facelogin.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.web.WebSettings;
import org.junit.jupiter.api.Test;

class SettingsSnapshotTest {

  private static final WebSettings SETTINGS =
      WebSettings.defaults().withRunToken("a-token-that-must-not-be-written-down");

  @Test
  void everySettingIsInItAndNoSecret() {
    SettingsSnapshot snapshot = SettingsSnapshot.of(SETTINGS);
    assertThat(snapshot.values())
        .containsEntry("openEnrolment", "true")
        .containsEntry("access.loginTriesPerMinute", "30")
        .doesNotContainKey("runToken");
    assertThat(snapshot.toString()).doesNotContain("must-not-be-written-down");
  }

  @Test
  void hashChangesWithAnySettingAndWithNothingElse() {
    String hash = SettingsSnapshot.of(SETTINGS).sha256();
    assertThat(SettingsSnapshot.of(WebSettings.defaults()).sha256()).isEqualTo(hash);
    assertThat(SettingsSnapshot.of(SETTINGS.withVerificationThreshold(0.5f)).sha256())
        .isNotEqualTo(hash);
  }
}
