package io.facelogin.infra.cli;

import static io.facelogin.infra.cli.JsonOutput.rounded;

import io.facelogin.contract.json.UnusablePicture;
import io.facelogin.contract.json.Verification;
import io.facelogin.models.Embedding;
import io.facelogin.models.StillFaces;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two pictures. Nobody needs to be enrolled. */
@Command(
    name = "verify",
    description = "Say whether two pictures show the same person.",
    footer = {
      "",
      "Example: face-login verify passport.jpg webcam.jpg",
      "compares the largest face of each. Exit code 0: the same; 1: not the same; 2: a picture"
          + " cannot",
      "be read or shows no face."
    })
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private ModelOptions models;
  @Mixin private JsonOutput json;

  @Option(
      names = "--threshold",
      paramLabel = "SIMILARITY",
      description = "cosine similarity from which two are the same (default: the manifest's)")
  private @Nullable Double threshold;

  @Parameters(index = "0", paramLabel = "A", description = "a picture")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "another picture")
  private Path second;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int minFacePx = models.minFacePx();
    double same = thresholdOf(models.manifest(global.models()), threshold);
    try (StillFaces networks = models.openMirrored(global.models())) {
      Embedding[] embeddings = new Embedding[2];
      List<Path> files = List.of(first, second);
      for (int i = 0; i < embeddings.length; i++) {
        try {
          embeddings[i] = MainFaces.encodeLargest(networks, files.get(i), minFacePx).embedding();
        } catch (UnusablePictureException e) {
          return unusable(
              new UnusablePicture(files.get(i).toString(), String.valueOf(e.getMessage())), out);
        }
      }
      return verdict(embeddings[0], embeddings[1], same, out);
    }
  }

  private int unusable(UnusablePicture picture, PrintWriter out) {
    if (json.isWanted()) {
      json.print(picture, out);
    } else {
      spec.commandLine().getErr().println(picture.image() + ": " + picture.error());
    }
    return ExitCode.MISUSE;
  }

  private int verdict(Embedding one, Embedding other, double least, PrintWriter out) {
    double similarity = one.cosineSimilarity(other);
    boolean same = similarity >= least;
    if (json.isWanted()) {
      json.print(
          new Verification(same, rounded(similarity, 4), rounded(least, 4), one.model().value()),
          out);
    } else {
      out.printf(
          Locale.ROOT,
          "%s (similarity %.3f, the same from %.3f on, %s)%n",
          same ? "The same person" : "Not the same person",
          similarity,
          least,
          one.model());
    }
    return same ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  private static double thresholdOf(Manifest manifest, @Nullable Double given) {
    if (given != null) {
      return given;
    }
    return manifest
        .measured()
        .verificationThreshold()
        .orElseThrow(
            () ->
                new MisuseException(
                    "Nobody has measured a threshold of "
                        + manifest.id()
                        + " yet: give one with --threshold, or find it with face-login evaluate"));
  }
}
