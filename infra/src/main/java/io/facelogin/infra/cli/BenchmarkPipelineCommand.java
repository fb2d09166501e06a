package io.facelogin.infra.cli;

import io.facelogin.infra.Logs;
import io.facelogin.infra.benchmark.BenchmarkSettings;
import io.facelogin.infra.benchmark.PipelineBenchmark;
import io.facelogin.infra.benchmark.PipelineReport;
import io.facelogin.infra.benchmark.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the whole way of a frame through a site. */
@Command(
    name = "pipeline",
    description = "Play clips as cameras through a whole site, and time each frame.",
    footer = {
      "",
      "Example: face-login benchmark pipeline --cameras 2 --frames-per-second 5 --video"
          + " lobby.mp4",
      "The site lives in a temporary folder and is gone afterwards. It runs twice: with the",
      "networks, and with inference that costs nothing as the baseline. Without a video the",
      "pictures are made here and show no face."
    })
final class BenchmarkPipelineCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  @Mixin private JsonOutput json;

  @Option(
      names = "--video",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "FILE",
      description = "clip for the cameras, in turn; repeatable")
  private List<Path> videos = List.of();

  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "2",
      description = "how many at once (default: ${DEFAULT-VALUE})")
  private int cameras;

  @Option(
      names = "--frames-per-second",
      paramLabel = "N",
      defaultValue = "5",
      description = "of each camera (default: ${DEFAULT-VALUE})")
  private float framesPerSecond;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "before counting begins (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "how long to count (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    BenchmarkSettings settings = settings();
    PrintWriter err = spec.commandLine().getErr();
    Path folder = Files.createTempDirectory("face-login-benchmark");
    Logs.toFile(folder.resolve("face-login.log"));
    try {
      var benchmark = new PipelineBenchmark(settings, folder);
      List<PipelineReport> reports = new ArrayList<>();
      err.println("Measuring with inference that costs nothing");
      reports.add(benchmark.withPassThrough());
      err.println("Measuring with the networks");
      reports.add(benchmark.withRealNetworks());
      report(reports);
    } finally {
      delete(folder);
    }
    return ExitCode.DONE;
  }

  private BenchmarkSettings settings() {
    videos.stream()
        .filter(video -> !Files.isReadable(video))
        .findFirst()
        .ifPresent(
            video -> {
              throw new MisuseException("There is no video " + video + " that can be read");
            });
    try {
      return new BenchmarkSettings(
          videos,
          cameras,
          framesPerSecond,
          Duration.ofSeconds(warmUpSeconds),
          Duration.ofSeconds(seconds));
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private void report(List<PipelineReport> reports) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(reports, out);
      return;
    }
    PipelineReport fixed = reports.get(0);
    PipelineReport real = reports.get(1);
    out.printf(
        Locale.ROOT,
        "%d cameras, %.1f frames/s wanted; p50 / p95 in ms%n%n",
        real.cameras(),
        real.wantedFramesPerSecond());
    out.printf("%-26s %18s %18s%n", "", "networks", "pass-through");
    out.printf(
        Locale.ROOT,
        "%-26s %18.1f %18.1f%n",
        "frames/s",
        real.framesPerSecond(),
        fixed.framesPerSecond());
    row(out, "capture to WebSocket", real.captureToWebSocket(), fixed.captureToWebSocket());
    row(out, "capture to decision", real.captureToDecision(), fixed.captureToDecision());
    real.stages()
        .forEach(
            (stage, times) ->
                row(out, "  " + stage, times, fixed.stages().getOrDefault(stage, times)));
  }

  private static void row(PrintWriter out, String name, Times real, Times fixed) {
    out.printf("%-26s %18s %18s%n", name, cell(real), cell(fixed));
  }

  private static String cell(Times times) {
    return times.count() == 0
        ? "none"
        : String.format(Locale.ROOT, "%.1f / %.1f", times.p50Ms(), times.p95Ms());
  }

  private static void delete(Path folder) throws IOException {
    try (var content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
