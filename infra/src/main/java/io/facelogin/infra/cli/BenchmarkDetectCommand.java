package io.facelogin.infra.cli;

import io.facelogin.infra.benchmark.detect.DetectBenchmark;
import io.facelogin.infra.benchmark.detect.DetectReport;
import io.facelogin.infra.benchmark.detect.DetectSettings;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.Weights;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the detector alone. */
@Command(
    name = "detect",
    description = "Decode pictures and find their faces, and time it, beside ONNX Runtime.",
    footer = {
      "",
      "Example: face-login benchmark detect --video lobby.mp4 --size 640x360 --min-face 20",
      "The baseline is a straightforward cascade of the same weights on ONNX Runtime and OpenCV,",
      "measured in the same run. With --rate frames arrive at that rate whether the detector keeps",
      "up or not, and the latency counts from then. Without a video or picture the pictures are",
      "made here and show no face."
    })
final class BenchmarkDetectCommand implements Callable<Integer> {

  private static final int MOST_PICTURES = 60;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private JsonOutput json;
  @Mixin private BenchmarkPictures pictures;

  @Option(
      names = "--min-face",
      paramLabel = "PX",
      defaultValue = "40",
      description = "smallest face looked for (default: ${DEFAULT-VALUE})")
  private int minFacePx;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "pictures of one call (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "callers at once (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "frames/s that arrive; 0: as fast as it goes (default: ${DEFAULT-VALUE})")
  private double framesPerSecond;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "before counting begins (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long to count (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    DetectSettings settings = settings();
    PrintWriter err = spec.commandLine().getErr();
    var benchmark = new DetectBenchmark(settings, pictures.files(MOST_PICTURES));
    Weights mtcnn = new ModelStore(global.models()).weights(ModelStore.DEFAULT_DETECTOR);
    err.println("Measuring face-login");
    DetectReport own = benchmark.own(mtcnn);
    err.println("Measuring the baseline, ONNX Runtime");
    List<DetectReport> reports = List.of(own, benchmark.peer(mtcnn));
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(reports, out);
    } else {
      print(reports, out);
    }
    return ExitCode.DONE;
  }

  private DetectSettings settings() {
    if (minFacePx < 12) {
      throw new MisuseException("--min-face must be at least 12 px, got " + minFacePx);
    }
    try {
      return new DetectSettings(
          minFacePx,
          batch,
          threads,
          framesPerSecond,
          Duration.ofSeconds(warmUpSeconds),
          Duration.ofSeconds(seconds));
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private static void print(List<DetectReport> reports, PrintWriter out) {
    out.printf(
        "%-14s %9s %7s %22s   %s%n",
        "", "frames/s", "faces", "ms p50 / p95 / p99", "decode / resize / networks / glue");
    for (DetectReport report : reports) {
      var latency = report.latencyMs();
      List<String> shares =
          report.shareOfTime().values().stream()
              .map(share -> Math.round(100 * share) + " %")
              .toList();
      out.printf(
          Locale.ROOT,
          "%-14s %9.1f %7.2f %22s   %s%n",
          report.detector(),
          report.framesPerSecond(),
          report.facesPerFrame(),
          String.format(
              Locale.ROOT, "%.1f / %.1f / %.1f", latency.p50(), latency.p95(), latency.p99()),
          String.join(" / ", shares));
    }
  }
}
