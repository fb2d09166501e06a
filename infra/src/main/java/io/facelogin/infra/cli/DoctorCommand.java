package io.facelogin.infra.cli;

import io.facelogin.infra.doctor.Check;
import io.facelogin.infra.doctor.MachineChecks;
import io.facelogin.infra.doctor.OpenRisks;
import io.facelogin.infra.doctor.SurroundingsChecks;
import io.facelogin.infra.site.RunSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that face-login needs, and says what to do. */
@Command(
    name = "doctor",
    description = "Check machine, weights, broker, database and cameras, and say what to do.",
    footer = {
      "",
      "Example: face-login doctor --camera rtsp://192.168.1.20/stream1",
      "A site that runs on the data folder is asked how it and its cameras are. What its settings"
          + " leave",
      "open (or those that `up` would have) is listed with what to do. Exit code 3: something is",
      "missing; 1: nothing is, but there is an open risk."
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private JsonOutput json;

  @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "a broker to reach")
  private @Nullable String kafka;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = "a database to reach, with user and password in its address")
  private @Nullable String database;

  @Option(
      names = "--camera",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "ADDRESS",
      description = "a camera or clip to look through; repeatable")
  private List<String> cameras = List.of();

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>();
    var machine = new MachineChecks(global.data());
    checks.addAll(machine.all());
    var surroundings = new SurroundingsChecks(global.data());
    Map<String, String> settings = settings();
    checks.addAll(
        surroundings.runningSite(Double.parseDouble(settings.getOrDefault("fpir", "0.001"))));
    if (kafka != null) {
      checks.add(surroundings.broker(kafka));
    }
    if (database != null) {
      checks.add(surroundings.database(database));
    }
    cameras.forEach(camera -> checks.add(surroundings.camera(camera)));
    checks.addAll(new OpenRisks(global.data(), settings).all());
    report(checks);
    return exitCode(checks);
  }

  private static int exitCode(List<Check> checks) {
    if (checks.stream().anyMatch(check -> check.state() == Check.State.MISSING)) {
      return ExitCode.OUTSIDE_MISSING;
    }
    return checks.stream().anyMatch(check -> check.state() == Check.State.RISK)
        ? ExitCode.NEGATIVE
        : ExitCode.DONE;
  }

  /** Of the site that runs on the data directory; else what `up` would run with. */
  private Map<String, String> settings() {
    return RunSettings.find(global.data())
        .orElseGet(
            () -> {
              CommandLine up =
                  new CommandLine(new UpCommand()).setCaseInsensitiveEnumValuesAllowed(true);
              up.setDefaultValueProvider(spec.defaultValueProvider());
              up.parseArgs("--data", global.data().toString());
              return SettingsInEffect.map(up.getCommandSpec());
            });
  }

  private void report(List<Check> checks) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(checks, out);
      return;
    }
    for (Check check : checks) {
      String mark =
          switch (check.state()) {
            case FINE -> "ok     ";
            case NOTE -> "note   ";
            case RISK -> "RISK   ";
            case MISSING -> "MISSING";
          };
      out.printf("%s %-12s %s%n", mark, check.name(), check.message());
    }
  }
}
