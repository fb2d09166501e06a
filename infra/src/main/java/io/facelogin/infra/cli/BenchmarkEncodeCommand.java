package io.facelogin.infra.cli;

import io.facelogin.infra.benchmark.encode.EncodeBenchmark;
import io.facelogin.infra.benchmark.encode.EncodeReport;
import io.facelogin.infra.benchmark.encode.EncodeReport.Latency;
import io.facelogin.infra.benchmark.encode.EncodeReport.Throughput;
import io.facelogin.infra.benchmark.encode.EncodeSettings;
import io.facelogin.models.manifest.Manifest.Kind;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.StoredModel;
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

/** Measures encoders against ONNX Runtime with the same weights. */
@Command(
    name = "encode",
    description = "Measure faces a second of the encoders, beside ONNX Runtime with their weights.",
    footer = {
      "",
      "Example: face-login benchmark encode --model mobilefacenet --batch 1,8 --rate 40",
      "The peer is fed with numbers that are ready for the network, ours with the crops' bytes.",
      "With --rate faces also come at fixed times, whether the encoder is done or not; their",
      "latency counts from the time at which each was due."
    })
final class BenchmarkEncodeCommand implements Callable<Integer> {

  /** By commas as people write them, or as the settings file's lists arrive. */
  private static final String LISTED = "[," + Settings.LIST_SEPARATOR + "]";

  @Spec private CommandSpec spec;

  @Mixin private GlobalOptions global;

  @Mixin private JsonOutput json;

  @Option(
      names = "--model",
      split = LISTED,
      paramLabel = "NAME",
      description = "encoder, repeatable (default: all whose weights are here)")
  private List<String> models = List.of();

  @Option(
      names = "--batch",
      split = LISTED,
      paramLabel = "N",
      defaultValue = "1,8",
      description = "faces in a call, repeatable (default: ${DEFAULT-VALUE})")
  private List<Integer> batches = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "callers at once; each call uses all processors (default: ${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--mirror", description = "encode each face with its mirror image")
  private boolean mirror;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "faces per second of the open loop (default: no open loop)")
  private double facesPerSecond;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "for each model, batch and loop (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Override
  public Integer call() throws Exception {
    EncodeSettings settings = settings();
    var store = new ModelStore(global.models());
    var benchmark = new EncodeBenchmark(store, settings);
    for (String model : models.isEmpty() ? installed(store) : models) {
      spec.commandLine().getErr().println("Measuring " + model);
      benchmark.measure(model);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(benchmark.report(), out);
    } else {
      table(benchmark.report(), out);
    }
    return ExitCode.DONE;
  }

  private EncodeSettings settings() {
    try {
      return new EncodeSettings(
          batches, threads, mirror, facesPerSecond, Duration.ofNanos((long) (seconds * 1e9)));
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private static List<String> installed(ModelStore store) {
    return store.list().stream()
        .filter(StoredModel::usable)
        .filter(model -> model.manifest().kind() == Kind.ENCODER)
        .map(model -> model.manifest().id().value())
        .toList();
  }

  private static void table(EncodeReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Matrix peak %.0f GFLOP/s%n%n%-20s %5s %12s %12s %6s %14s%n",
        report.matrixPeakGigaflopPerSecond(),
        "encoder",
        "batch",
        "faces/s",
        "ONNX Runtime",
        "ratio",
        "share of peak");
    for (Throughput row : report.closedLoop()) {
      out.printf(
          Locale.ROOT,
          "%-20s %5d %12.1f %12s %6s %14s%n",
          row.model(),
          row.batch(),
          row.facesPerSecond(),
          known(row.peerFacesPerSecond(), "%.1f"),
          known(row.ratio(), "%.2f"),
          known(100 * row.peakShare(), "%.0f %%"));
    }
    if (report.closedLoop().stream().anyMatch(Throughput::madeWeights)) {
      out.println("The weights of facenet are not here: timed with random ones of their shapes.");
    }
    if (!report.openLoop().isEmpty()) {
      out.printf("%n%-20s %5s %12s %24s%n", "at a rate", "batch", "faces/s", "p50 / p95 / p99 ms");
    }
    for (Latency row : report.openLoop()) {
      out.printf(
          Locale.ROOT,
          "%-20s %5d %12.1f %24s%n",
          row.model(),
          row.batch(),
          row.facesPerSecond(),
          String.format(Locale.ROOT, "%.1f / %.1f / %.1f", row.p50Ms(), row.p95Ms(), row.p99Ms()));
    }
  }

  private static String known(double value, String format) {
    return value == 0 ? "-" : String.format(Locale.ROOT, format, value);
  }
}
