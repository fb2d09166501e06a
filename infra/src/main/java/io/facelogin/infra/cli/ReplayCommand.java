package io.facelogin.infra.cli;

import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.infra.recording.DecisionComparison;
import io.facelogin.infra.recording.Replay;
import io.facelogin.infra.recording.ReplayPipeline;
import io.facelogin.infra.recording.UnusableRecordingException;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.PipelineSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a recording through a pipeline of its own and says whether it decides the same. */
@Command(
    name = "replay",
    description =
        "Play a recording again and compare what is decided now with what was decided then.",
    footer = {
      "",
      "Example: face-login replay monday.recording",
      "runs a pipeline of its own with the recorded gallery; no running site is touched. The"
          + " options",
      "of the pipeline are to be those of the recorded site. Exit code 0: the same decisions; 1:"
          + " others."
    })
final class ReplayCommand implements Callable<Integer> {

  private static final int DIFFERENCES_SHOWN = 20;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private PipelineOptions pipeline;
  @Mixin private MasterKeyOption masterKey;
  @Mixin private JsonOutput json;

  @Parameters(paramLabel = "FILE", description = "made by `record`")
  private Path file;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PipelineSettings settings = pipeline.settings();
    PrintWriter err = spec.commandLine().getErr();
    Path folder = Files.createTempDirectory("face-login-replay");
    try (Networks networks = new Networks(settings, global.models())) {
      Replay replay =
          Replay.of(file, masterKey.ofSite(global.data()).orElseGet(MasterKeys::passing));
      warnOfOtherModel(replay.models(), networks.encoderManifest().id().value(), err);
      Replay.Report report =
          replay.run(
              new ReplayPipeline(
                  settings, networks.finder(), networks.encoder(), networks.encoderManifest()),
              folder,
              err::println,
              new Lines(err));
      tell(report);
      return report.decisions().isEqual() ? ExitCode.DONE : ExitCode.NEGATIVE;
    } catch (UnusableRecordingException e) {
      throw new MisuseException(e.getMessage());
    } finally {
      delete(folder);
    }
  }

  private static void warnOfOtherModel(List<String> recorded, String model, PrintWriter err) {
    if (!recorded.isEmpty() && !recorded.contains(model)) {
      err.println(
          "The recording was made with "
              + String.join(", ", recorded)
              + " and is replayed with "
              + model
              + ": its gallery does not fit, so others are decided. Give --model.");
    }
  }

  private void tell(Replay.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    DecisionComparison decisions = report.decisions();
    if (json.isWanted()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("same", decisions.isEqual());
      result.put("equal", decisions.equal().size());
      result.put(
          "onlyRecorded", decisions.onlyRecorded().stream().map(ReplayCommand::map).toList());
      result.put(
          "onlyReplayed", decisions.onlyReplayed().stream().map(ReplayCommand::map).toList());
      result.put("frames", report.playedFrames());
      result.put("skippedFrames", report.skipped());
      result.put("truncated", report.truncated());
      json.print(result, out);
      out.flush();
      return;
    }
    if (report.truncated()) {
      out.println("The recording was cut off; what is there was replayed.");
    }
    out.println(
        report.playedFrames()
            + " frames replayed, "
            + report.skipped()
            + " left out that the site had not looked at either");
    out.printf("%-10s %9s %9s%n", "outcome", "recorded", "replayed");
    decisions
        .countsByOutcome()
        .forEach(
            (outcome, counts) ->
                out.printf("%-10s %9d %9d%n", outcome, counts.recorded(), counts.replayed()));
    tell("Only in the recording", decisions.onlyRecorded(), out);
    tell("Only in the replay", decisions.onlyReplayed(), out);
    out.println(
        decisions.isEqual()
            ? "The same " + decisions.equal().size() + " decisions."
            : "Not the same decisions: " + decisions.equal().size() + " are equal.");
    out.flush();
  }

  private static void tell(String title, List<DecisionComparison.Entry> entries, PrintWriter out) {
    if (entries.isEmpty()) {
      return;
    }
    out.println(title + ":");
    entries.stream()
        .limit(DIFFERENCES_SHOWN)
        .forEach(
            entry ->
                out.println(
                    "  camera "
                        + entry.cameraId()
                        + ", frame "
                        + entry.sequence()
                        + ": "
                        + entry.outcome()
                        + (entry.personId().isEmpty() ? "" : " " + entry.personId())));
    if (entries.size() > DIFFERENCES_SHOWN) {
      out.println("  and " + (entries.size() - DIFFERENCES_SHOWN) + " more (all with --json)");
    }
  }

  private static Map<String, Object> map(DecisionComparison.Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("camera", entry.cameraId());
    map.put("frame", entry.sequence());
    map.put("outcome", entry.outcome().name());
    map.put("person", entry.personId().isEmpty() ? null : entry.personId());
    return map;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** A line for each tenth. */
  private static final class Lines implements Replay.Progress {

    private final PrintWriter err;
    private int told;

    Lines(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void played(int frames, int of) {
      int tenths = frames * 10 / of;
      if (tenths > told) {
        told = tenths;
        err.println("replayed " + frames + " of " + of + " frames");
        err.flush();
      }
    }
  }
}
