package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.doctor.Check;
import io.facelogin.infra.doctor.OpenRisks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path data;

  @Test
  void aPhotographThatOpensTheDoorIsARisk() {
    assertThat(risks(Map.of("attack-check", "off", "challenge", "off")))
        .anyMatch(risk -> risk.contains("photograph") && risk.contains("--attack-check required"));
    assertThat(risks(Map.of("attack-check", "off", "challenge", "always"))).isEmpty();
  }

  @Test
  void pagesBeyondThisMachineNeedTls() {
    assertThat(risks(Map.of("host", "0.0.0.0"))).anyMatch(risk -> risk.contains("--tls-cert"));
    assertThat(risks(Map.of("host", "0.0.0.0", "tls-cert", "a.pem"))).isEmpty();
    assertThat(risks(Map.of("host", "127.0.0.1"))).isEmpty();
  }

  @Test
  void aThresholdThatLetsStrangersInIsARisk() {
    assertThat(risks(Map.of("fpir", "0.02"))).anyMatch(risk -> risk.contains("--fpir"));
    assertThat(risks(Map.of("fpir", "0.001"))).isEmpty();
  }

  @Test
  void strangersWhoMayEnrolAreARiskBeyondThisMachine() {
    Map<String, String> open =
        Map.of("host", "0.0.0.0", "tls-cert", "a.pem", "enrolment", "VISITORS");
    assertThat(risks(open)).anyMatch(risk -> risk.contains("--enrolment operators"));
    Map<String, String> closed =
        Map.of("host", "0.0.0.0", "tls-cert", "a.pem", "enrolment", "OPERATORS");
    assertThat(risks(closed)).isEmpty();
  }

  @Test
  void howLongThingsAreKeptIsAChoiceThatSomebodyShouldMake() {
    assertThat(notes(Map.of("keep-decisions", "30", "keep-faces", "1.0")))
        .anyMatch(note -> note.contains("--keep-decisions"));
    assertThat(notes(Map.of("keep-decisions", "14", "keep-faces", "1.0")))
        .noneMatch(note -> note.contains("--keep-decisions"));
  }

  private List<String> notes(Map<String, String> settings) {
    return new OpenRisks(data, settings)
        .all().stream()
            .filter(check -> check.state() == Check.State.NOTE)
            .map(Check::message)
            .toList();
  }

  @Test
  void theSettingsFileIsJudgedBeforeTheSiteIsStarted() throws Exception {
    Files.writeString(data.resolve("face-login.yaml"), "host: 0.0.0.0\nfpir: 0.02\n");
    Run run = Run.of("doctor", "--data", data.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).contains("\"RISK\"", "--fpir", "--tls-cert");
  }

  /** Only what is at least a risk; this machine's users are left out. */
  private List<String> risks(Map<String, String> settings) {
    return new OpenRisks(data, settings)
        .all().stream()
            .filter(check -> check.state() == Check.State.RISK)
            .map(Check::message)
            .filter(message -> !message.contains("log in to this machine"))
            .filter(message -> settings.containsKey("challenge") || !message.contains("log in"))
            .toList();
  }
}
