package io.facelogin.infra.cli;

import io.facelogin.contract.json.Embedded;
import io.facelogin.contract.json.EmbeddedPicture;
import io.facelogin.contract.json.UnusablePicture;
import io.facelogin.models.StillFaces;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints faces as vectors, exactly as the network gives them. */
@Command(
    name = "embed",
    description = "Print the largest face of each picture as a unit vector.",
    footer = {
      "",
      "Example: face-login embed --json --model mobilefacenet anna.jpg",
      "prints one object for one file and a list for several. The vector is the plain one of the",
      "network, without the mirror image that verify and the gallery add. A picture that cannot be",
      "read or shows no face has an error in place of it: exit code 2."
    })
final class EmbedCommand implements Callable<Integer> {

  private static final int SHOWN_VALUES = 4;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private ModelOptions models;
  @Mixin private JsonOutput json;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "pictures; a folder stands for the pictures in it")
  private List<Path> files;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int minFacePx = models.minFacePx();
    List<Path> pictures = InputFiles.expanded(files);
    List<Embedded> results = new ArrayList<>();
    try (StillFaces networks = models.openPlain(global.models())) {
      for (Path file : pictures) {
        Embedded result = embed(networks, file, minFacePx);
        results.add(result);
        if (!json.isWanted()) {
          print(result, out);
        }
      }
    }
    if (json.isWanted()) {
      json.print(results.size() == 1 ? results.get(0) : results, out);
    }
    return results.stream().anyMatch(UnusablePicture.class::isInstance)
        ? ExitCode.MISUSE
        : ExitCode.DONE;
  }

  private static Embedded embed(StillFaces networks, Path file, int minFacePx) {
    try {
      var embedding = MainFaces.encodeLargest(networks, file, minFacePx).embedding();
      return new EmbeddedPicture(file.toString(), embedding.model().value(), embedding.vector());
    } catch (UnusablePictureException e) {
      return new UnusablePicture(file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static void print(Embedded result, PrintWriter out) {
    if (result instanceof UnusablePicture unusable) {
      out.println(unusable.image() + ": " + unusable.error());
    } else if (result instanceof EmbeddedPicture picture) {
      StringBuilder values = new StringBuilder();
      for (int i = 0; i < SHOWN_VALUES; i++) {
        values.append(picture.embedding()[i]).append(", ");
      }
      out.printf(
          "%s: %s, %d values: %s... (all of them with --json)%n",
          picture.image(), picture.model(), picture.embedding().length, values);
    }
    out.flush();
  }
}
