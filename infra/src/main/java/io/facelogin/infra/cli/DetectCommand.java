package io.facelogin.infra.cli;

import static io.facelogin.infra.cli.JsonOutput.rounded;

import io.facelogin.contract.json.DetectedPicture;
import io.facelogin.contract.json.DetectedPicture.Face;
import io.facelogin.contract.json.DetectedPicture.Quality;
import io.facelogin.contract.json.Detection;
import io.facelogin.contract.json.UnusablePicture;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.FoundFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.models.quality.FaceQuality;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the faces of pictures. */
@Command(
    name = "detect",
    description = "Find the faces in pictures.",
    footer = {
      "",
      "Example: face-login detect --min-face 60 --json party.jpg",
      "prints a list with one entry for each file. A picture without a face has an empty list,"
          + " which",
      "is a success. One that cannot be read has an error in place of it: exit code 2."
    })
final class DetectCommand implements Callable<Integer> {

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
    List<Detection> results = new ArrayList<>();
    try (FaceFinder finder = models.openFinder(global.models())) {
      for (Path file : pictures) {
        Detection result = detect(finder, file, minFacePx);
        results.add(result);
        if (!json.isWanted()) {
          print(result, out);
        }
      }
    }
    if (json.isWanted()) {
      json.print(results, out);
    }
    return results.stream().anyMatch(UnusablePicture.class::isInstance)
        ? ExitCode.MISUSE
        : ExitCode.DONE;
  }

  private static Detection detect(FaceFinder finder, Path file, int minFacePx) {
    try (var picture = PictureFile.read(file)) {
      List<FoundFace> faces = finder.find(List.of(picture), minFacePx).get(0);
      return new DetectedPicture(
          file.toString(),
          picture.widthPx(),
          picture.heightPx(),
          faces.stream().map(DetectCommand::face).toList());
    } catch (UnusablePictureException e) {
      return new UnusablePicture(file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static Face face(FoundFace found) {
    Box box = found.face().boxPx();
    return new Face(
        List.of(
            rounded(box.x1(), 2), rounded(box.y1(), 2), rounded(box.x2(), 2), rounded(box.y2(), 2)),
        rounded(found.face().detectionScore(), 5),
        found.face().landmarksPx().points().stream()
            .map(point -> List.of(rounded(point.x(), 2), rounded(point.y(), 2)))
            .toList(),
        quality(found.quality()));
  }

  private static Quality quality(FaceQuality quality) {
    return new Quality(
        rounded(quality.overall(), 3),
        rounded(quality.sharpness(), 1),
        rounded(quality.brightness(), 1),
        rounded(quality.contrast(), 1),
        rounded(quality.yawDegrees(), 1),
        rounded(quality.pitchDegrees(), 1),
        rounded(quality.rollDegrees(), 1),
        rounded(quality.eyeDistancePx(), 1),
        quality.reasons().stream().map(Enum::name).toList());
  }

  private static void print(Detection result, PrintWriter out) {
    if (result instanceof UnusablePicture unusable) {
      out.println(unusable.image() + ": " + unusable.error());
    } else if (result instanceof DetectedPicture picture) {
      int count = picture.faces().size();
      out.printf(
          Locale.ROOT,
          "%s: %d x %d px, %s%n",
          picture.image(),
          picture.width(),
          picture.height(),
          count == 0 ? "no face" : count == 1 ? "1 face" : count + " faces");
      picture.faces().forEach(face -> print(face, out));
    }
    out.flush();
  }

  private static void print(Face face, PrintWriter out) {
    List<Double> box = face.box();
    out.printf(
        Locale.ROOT,
        "  %5.0f,%5.0f to %5.0f,%5.0f   score %.3f   quality %.2f  %s%n",
        box.get(0),
        box.get(1),
        box.get(2),
        box.get(3),
        face.score(),
        face.quality().overall(),
        String.join(", ", face.quality().reasons()));
  }
}
