package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingsInEffectTest {

  @Test
  void areThoseOfAllSourcesWithoutPasswords() {
    List<String> args =
        List.of(
            "--camera",
            "rtsp://admin:secret@10.0.0.7/1",
            "--camera",
            "/dev/video0",
            "--fpir",
            "0.01");
    CommandLine up = new CommandLine(new UpCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    up.setDefaultValueProvider(
        Settings.read(args, Map.of("FACE_LOGIN_MIN_FACE", "24"), Commands::settingKeys));
    up.parseArgs(args.toArray(String[]::new));

    assertThat(SettingsInEffect.line(up.getCommandSpec()))
        .startsWith("Settings: ")
        .contains("camera rtsp://admin:***@10.0.0.7/1 and /dev/video0")
        .contains("index auto", "min-face 24", "fpir 0.01", "port 8080")
        .doesNotContain("secret", "video null", "verbose", "no-mirror");
  }
}
