package io.facelogin.infra.cli;

import io.facelogin.infra.Logs;
import io.facelogin.infra.chaos.Outcome;
import io.facelogin.infra.chaos.Rehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rehearses faults on a site of its own. */
@Command(
    name = "chaos",
    description = "Rehearse faults on a site of its own, and say whether everything held.",
    footer = {
      "",
      "Example: face-login chaos --only broker-killed,disk-full-matcher",
      "It starts broker, database and each stage as processes in a temporary folder, which it deletes",
      "afterwards; a site that runs here, and its data, are not touched. All of it takes some minutes",
      "and 3 GB of memory. Exit code 1: something did not hold."
    })
final class ChaosCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  @Mixin private JsonOutput json;

  @Option(names = "--list", description = "list the scenarios, and do nothing")
  private boolean list;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "only these scenarios, comma separated (default: all of them)")
  private List<String> only = List.of();

  @Option(
      names = "--video",
      paramLabel = "FILE",
      description =
          "clip before the camera, in place of the packaged photographs, of the same person"
              + " (Ada, see NOTICE) and with moments in which nobody is seen")
  private @Nullable Path video;

  @Option(names = "--keep", description = "keep the folder with all logs, and say where it is")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> scenarios = Rehearsal.scenarios();
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      list(scenarios, out);
      return ExitCode.DONE;
    }
    for (String name : only) {
      if (!scenarios.containsKey(name)) {
        throw new MisuseException(
            "There is no scenario "
                + name
                + ". There are "
                + String.join(", ", scenarios.keySet()));
      }
    }
    if (video != null && !Files.isReadable(video)) {
      throw new MisuseException("--video " + video + ": there is no such file, or no permission");
    }
    Path folder = Files.createTempDirectory("face-login-chaos-");
    Thread hook = new Thread(() -> tidy(folder), "tidy");
    Runtime.getRuntime().addShutdownHook(hook);
    // Libraries complain at length of what is done to them on purpose.
    Logs.toFile(folder.resolve("rehearsal.log"));
    return rehearse(folder, only.isEmpty() ? List.copyOf(scenarios.keySet()) : only);
  }

  private int rehearse(Path folder, List<String> names) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    List<Outcome> outcomes = new ArrayList<>();
    Optional<Path> clip = Optional.ofNullable(video).map(Path::toAbsolutePath);
    try (Rehearsal rehearsal = new Rehearsal(folder, clip, FaceLogin.class, err::println)) {
      Thread stop = new Thread(rehearsal::close, "stop-rehearsal");
      Runtime.getRuntime().addShutdownHook(stop);
      for (String name : names) {
        outcomes.add(rehearsal.run(name));
      }
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    report(outcomes);
    return outcomes.stream().allMatch(Outcome::held) ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  private void report(List<Outcome> outcomes) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(Map.of("scenarios", outcomes), out);
      return;
    }
    out.println(Outcome.HEAD);
    outcomes.forEach(outcome -> out.println(outcome.row()));
  }

  private void list(Map<String, String> scenarios, PrintWriter out) {
    if (json.isWanted()) {
      json.print(scenarios, out);
    } else {
      scenarios.forEach((name, fault) -> out.printf("%-22s %s%n", name, fault));
    }
  }

  private void tidy(Path folder) {
    if (keep) {
      System.err.println("Kept: " + folder);
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(ChaosCommand::delete);
    } catch (IOException e) {
      System.err.println("Not all of " + folder + " could be deleted: " + e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.err.println(file + " could not be deleted: " + e);
    }
  }
}
