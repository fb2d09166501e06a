package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.OutsideMissingException;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FaceLoginTest {

  @TempDir Path folder;

  @Test
  void everyCommandExplainsItselfWithAnExample() {
    assertThat(Run.of("--help").out()).contains(Commands.NAMES).contains("Exit codes");
    for (String name : Commands.NAMES) {
      Run help = Run.of(name, "--help");
      assertThat(help.exitCode()).as(name).isZero();
      assertThat(help.out()).as(name).contains("Example: face-login " + name);
    }
    for (String name : List.of("list", "fetch", "import", "verify")) {
      assertThat(Run.of("models", name, "--help").out()).contains("Example: face-login models ");
    }
  }

  @Test
  void misuseIsOneLineAndExitCode2() {
    assertThat(Run.of("detcet", "a.jpg").err()).contains("face-login detect");
    assertThat(Run.of("detcet", "a.jpg").exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(Run.of("detect").exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(Run.of("detect", "--min-face", "3", "a.jpg").err())
        .isEqualToIgnoringNewLines("--min-face must be 20 to 1000 px, got 3");
    assertThat(Run.of("verify", "--model", "nonsense", "a.jpg", "b.jpg").err())
        .contains("nonsense")
        .contains("mobilefacenet")
        .doesNotContain("Exception");
    assertThat(Run.of("evaluate", folder.resolve("none.csv").toString()).err())
        .contains("There is no file");
    assertThat(Run.of("erase", "Anna", "--data", folder.toString()).err()).contains("--yes");
    assertThat(Run.of("people", "--server", "http://localhost:1").err()).contains("--token");
    assertThat(Run.of().exitCode()).isEqualTo(ExitCode.MISUSE);
  }

  @Test
  void whatIsMissingOutsideIsExitCode3() {
    Run away = Run.of("people", "--server", "http://localhost:1", "--token", "t");
    assertThat(away.exitCode()).isEqualTo(ExitCode.OUTSIDE_MISSING);
    assertThat(away.err()).contains("http://localhost:1").doesNotContain("\tat ");
    Run weights =
        Run.of("embed", "--data", folder.toString(), "--model", "facenet", "--json", "a.jpg");
    assertThat(weights.exitCode()).isEqualTo(ExitCode.OUTSIDE_MISSING);
    assertThat(weights.err()).contains("face-login models fetch facenet");
  }

  @Test
  void eachKindOfFaultHasItsExitCodeAndOnlyOursIsCalledAFault() {
    assertThat(told(new MisuseException("wrong"))).isEqualTo("2 wrong");
    assertThat(told(new OutsideMissingException("no broker"))).isEqualTo("3 no broker");
    assertThat(told(new UnusableWeightsException("altered"))).isEqualTo("3 altered");
    assertThat(told(new IllegalStateException(new OutsideMissingException("no broker"))))
        .isEqualTo("3 no broker");
    assertThat(told(new IllegalStateException("oops")))
        .startsWith("70 This is a fault of face-login")
        .contains("--verbose")
        .doesNotContain("\tat ");
    assertThat(told(new IllegalStateException("oops"), "--verbose")).contains("\tat ");
  }

  private static String told(Throwable fault, String... args) {
    var err = new StringWriter();
    int code = new Faults(List.of(args), new PrintWriter(err, true)).tell(fault);
    return code + " " + err.toString().strip();
  }

  @Test
  void flagsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("face-login.yaml"), "min-face: 60\nport: 81\n");
    Map<String, String> environment = Map.of("FACE_LOGIN_MIN_FACE", "50");
    List<String> data = List.of("--data", folder.toString());
    assertThat(setting("--min-face", Map.of(), data)).isEqualTo("60");
    assertThat(setting("--min-face", environment, data)).isEqualTo("50");
    assertThat(setting("--min-face", environment, List.of("--min-face=45"))).isEqualTo("45");
    assertThat(setting("--port", environment, List.of("--config", file.toString())))
        .isEqualTo("81");
    assertThat(setting("--port", Map.of("FACE_LOGIN_DATA_DIR", folder.toString()), List.of()))
        .isEqualTo("81");
    assertThat(setting("--port", Map.of(), List.of())).isEqualTo("8080");
  }

  @Test
  void listsOfTheFileBecomeSeveralValues() throws Exception {
    Files.writeString(
        folder.resolve("face-login.yaml"), "camera: [/dev/video0, rtsp://a/b]\njson: true\n");
    List<String> data = List.of("--data", folder.toString());
    assertThat(setting("--camera", Map.of(), data)).isEqualTo("[/dev/video0, rtsp://a/b]");
  }

  /** picocli would turn a flag that is on by default off when it is given. */
  @Test
  void aFlagThatTheEnvironmentSwitchesOnStaysOnWhenItIsGivenToo() {
    Map<String, String> on = Map.of("FACE_LOGIN_JSON", "true");
    assertThat(setting("people", "--json", on, List.of())).isEqualTo("true");
    assertThat(setting("people", "--json", on, List.of("--json"))).isEqualTo("true");
  }

  private static String setting(String option, Map<String, String> environment, List<String> args) {
    return setting("up", option, environment, args);
  }

  private static String setting(
      String command, String option, Map<String, String> environment, List<String> args) {
    String[] all = Stream.concat(Stream.of(command), args.stream()).toArray(String[]::new);
    CommandLine commands = Commands.commandLine(all);
    commands.setDefaultValueProvider(Settings.read(args, environment, Commands::settingKeys));
    Object value = commands.parseArgs(all).subcommand().commandSpec().findOption(option).getValue();
    return String.valueOf(value);
  }

  @Test
  void unknownSettingsNameTheNearestKnownOneAllAtOnce() throws Exception {
    Files.writeString(folder.resolve("face-login.yaml"), "min-fase: 60\n");
    Run run =
        Run.of(
            Map.of("FACE_LOGIN_PROT", "81", "FACE_LOGIN_DATA", "/tests", "PATH", "/bin"),
            "doctor",
            "--data",
            folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(run.err())
        .contains("FACE_LOGIN_PROT", "nearest known one is FACE_LOGIN_PORT")
        .contains("min-fase", "nearest known one is min-face")
        .doesNotContain("/tests");
  }
}
