package io.facelogin.infra.cli;

import io.facelogin.infra.benchmark.soak.Held;
import io.facelogin.infra.benchmark.soak.Soak;
import io.facelogin.infra.stages.Networks;
import io.facelogin.infra.stages.PipelineSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Watches memory over many frames. */
@Command(
    name = "soak",
    description = "Detect, follow and encode many frames, and tell whether memory stays flat.",
    footer = {
      "",
      "Example: face-login benchmark soak --video lobby.mp4 --size 320x180 --frames 100000",
      "Of 32 frames 31 are cameras' and followed, one is searched whole. Ends with 1 where memory",
      "grew by more than 100 MB after the first quarter. Without a video the pictures are made",
      "here and show no face."
    })
final class BenchmarkSoakCommand implements Callable<Integer> {

  private static final int MOST_PICTURES = 200;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private JsonOutput json;
  @Mixin private BenchmarkPictures pictures;

  @Option(
      names = "--min-face",
      paramLabel = "PX",
      defaultValue = "20",
      description = "smallest face looked for (default: ${DEFAULT-VALUE})")
  private int minFacePx;

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "100000",
      description = "(default: ${DEFAULT-VALUE})")
  private long frames;

  @Override
  public Integer call() throws Exception {
    if (minFacePx < 12 || frames < 1) {
      throw new MisuseException("--min-face must be at least 12 px and --frames at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Held> looks;
    try (var networks = new Networks(PipelineSettings.defaults(), global.models())) {
      var soak = new Soak(minFacePx, networks.finder(), networks.encoder());
      long warmMs = soak.warmUp();
      List<byte[]> files = pictures.files(MOST_PICTURES);
      spec.commandLine()
          .getErr()
          .printf(
              "Networks warm %d ms after the start, first frame answered in %.0f ms%n",
              warmMs, soak.firstFrameMs(files));
      looks = soak.run(files, frames, held -> print(held, out));
    }
    long grownMb = Soak.grownMb(looks);
    if (json.isWanted()) {
      json.print(looks, out);
    } else {
      out.printf(
          "Resident memory changed by %+d MB after the first quarter: %s%n",
          grownMb, grownMb > Soak.MARGIN_MB ? "not flat" : "flat");
    }
    return grownMb > Soak.MARGIN_MB ? ExitCode.NEGATIVE : ExitCode.DONE;
  }

  private void print(Held held, PrintWriter out) {
    if (json.isWanted()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%,9d frames, %,7d faces encoded, %5.0f frames/s, resident %d MB, heap %d MB, direct %d"
            + " MB%n",
        held.frames(),
        held.faces(),
        held.frames() / held.seconds(),
        held.residentMb(),
        held.heapMb(),
        held.directMb());
    out.flush();
  }
}
