package io.facelogin.infra.cli;

import io.facelogin.infra.benchmark.SealBenchmark;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what sealing costs. */
@Command(
    name = "seal",
    description = "Measure what sealing costs: opening a gallery, single templates and frames.",
    footer = {"", "Example: face-login benchmark seal --items 100000 --dimension 512"})
final class BenchmarkSealCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // it brings --help and the like
  @Mixin
  private GlobalOptions global;

  @Mixin private JsonOutput json;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "100000",
      description = "templates in the gallery (default: ${DEFAULT-VALUE})")
  private int items;

  @Option(
      names = "--dimension",
      paramLabel = "D",
      defaultValue = "512",
      description = "floats of each (default: ${DEFAULT-VALUE})")
  private int dimension;

  @Override
  public Integer call() throws Exception {
    if (items < 1 || dimension < 2) {
      throw new MisuseException("--items must be at least 1 and --dimension at least 2");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("face-login-seal");
    try {
      SealBenchmark.Result result = new SealBenchmark(items, dimension).run(folder);
      if (json.isWanted()) {
        json.print(result, out);
      } else {
        out.printf(
            "%,d templates of %d floats: opened in %.0f ms, of which %.0f ms would be without"
                + " seals%n",
            items, dimension, result.openingMs(), result.plainMs());
        out.printf(
            "template: sealed in %.1f us, opened in %.1f us%n",
            result.sealTemplateUs(), result.openTemplateUs());
        out.printf(
            "frame of 100 kB: sealed in %.0f us, opened in %.0f us%n",
            result.sealFrameUs(), result.openFrameUs());
      }
    } finally {
      Utils.delete(folder.toFile());
    }
    return ExitCode.DONE;
  }
}
