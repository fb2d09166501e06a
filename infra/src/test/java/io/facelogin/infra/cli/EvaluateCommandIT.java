package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SharedData;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.store.ModelStore;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** `evaluate` with real networks on real faces. */
class EvaluateCommandIT {

  @TempDir Path folder;

  @Test
  void listReachesItsTargetWithoutAFailedDetectionAndIsDrawn() throws Exception {
    Path pairs = SharedData.folder("faces/verification").resolve("pairs.csv");
    Path plots = folder.resolve("plots");
    Run run =
        Run.of(
            "evaluate", "--json", "--target", "0.99", "--plot", plots.toString(), pairs.toString());
    assertThat(run.exitCode()).as(run.toString()).isZero();
    JsonNode result = run.json();
    assertThat(result.get("pairs").asInt()).isEqualTo(300);
    assertThat(result.get("accuracy").asDouble()).isGreaterThanOrEqualTo(0.99);
    assertThat(result.get("failedToDetect").asInt()).isZero();
    assertThat(result.get("people").asInt()).isEqualTo(24);
    assertThat(result.get("impostorPairs").asInt()).as("not only the listed").isGreaterThan(3000);
    assertThat(result.get("tar").has("1e-3")).isTrue();
    for (String name : new String[] {"det.png", "roc.png", "error-versus-reject.png"}) {
      BufferedImage picture = ImageIO.read(plots.resolve(name).toFile());
      assertThat(picture.getWidth()).as(name).isGreaterThan(600);
      assertThat(coloured(picture)).as(name + " has a curve").isGreaterThan(100);
    }
    Run strict = Run.of("evaluate", "--target", "1.1", pairs.toString());
    assertThat(strict.exitCode()).isEqualTo(ExitCode.NEGATIVE);
    assertThat(strict.out()).contains("FMR", "No face    0 pictures");
  }

  @Test
  void folderOfPeopleIsJudgedInFoldsAndItsFailuresAreListed() throws Exception {
    Path people = SharedData.folder("faces/verification/people");
    try (var pictures = Files.walk(people)) {
      for (Path picture : pictures.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(people.relativize(picture).toString());
        Files.createDirectories(folder.resolve(people.relativize(picture).getName(0)));
        Files.copy(picture, copy);
      }
    }
    Path broken = folder.resolve("Zoe").resolve("broken.jpg");
    Files.createDirectories(folder.resolve("Zoe"));
    Files.writeString(broken, "no picture");
    Run run = Run.of("evaluate", "--json", "--folds", "4", "--compare", folder.toString());
    assertThat(run.exitCode()).as(run.toString()).isZero();
    JsonNode list = run.json();
    assertThat(list.size()).isEqualTo(6);
    JsonNode first = list.get(0);
    assertThat(first.get("folds").asInt()).isEqualTo(4);
    assertThat(first.get("thresholdFrom").asString()).isEqualTo("FOLDS");
    assertThat(first.get("failed").get(0).get("image").asString()).endsWith("broken.jpg");
    assertThat(first.get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(list.get(1).get("mirrored").asBoolean()).isFalse();
    assertThat(list.get(2).get("alignment").asString()).isEqualTo("arcface-112-affine3");
    assertThat(list.get(2).get("accuracy").asDouble())
        .as("stretched faces")
        .isLessThan(first.get("accuracy").asDouble());
    Run few =
        Run.of("evaluate", "--calibrate", folder.resolve("few.yaml").toString(), folder.toString());
    assertThat(few.exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(few.err()).contains("too few for an impostor distribution");
  }

  /** All 2,400 pairs, 4.7 million of different people: about one minute on two idle cores. */
  @Test
  void lfwReachesTheReferenceQualityPredictsErrorsAndTheManifestCarriesIt() throws Exception {
    Path pairs = SharedData.folder("faces/lfw").resolve("pairs.csv");
    Path calibrated = folder.resolve("calibrated/mine.yaml");
    Run run =
        Run.of(
            "evaluate",
            "--json",
            "--target",
            "0.9925",
            "--calibrate",
            calibrated.toString(),
            pairs.toString());
    assertThat(run.exitCode()).as(run.out()).isZero();
    JsonNode result = run.json();
    assertThat(result.get("pairs").asInt()).isEqualTo(2400);
    assertThat(result.get("thresholdFrom").asString()).isEqualTo("FOLDS");
    assertThat(result.get("impostorPairs").asLong()).isGreaterThan(4_000_000);
    assertThat(result.get("tar").get("1e-3").asDouble()).isGreaterThan(0.975);

    JsonNode missed = result.get("quality").get("missed");
    double lowest = rate(missed, "lowest");
    assertThat(lowest)
        .as("misses among the lowest quality")
        .isGreaterThan(4 * rate(missed, "other"));

    Manifest manifest = new ModelStore(folder).manifest(calibrated.toString());
    var impostors = manifest.measured().impostors().orElseThrow();
    assertThat(impostors.evidence().orElseThrow().pairs()).isGreaterThan(4_000_000);
    assertThat(impostors.similarityAt(1e-4)).isBetween(0.5, 0.56);
    assertThat(manifest.usualLength().orElseThrow()).isBetween(65.0, 75.0);
    Path first = SharedData.folder("faces/verification/large");
    try (var pictures = Files.walk(first)) {
      String one = pictures.filter(Files::isRegularFile).findFirst().orElseThrow().toString();
      Run verify = Run.of("verify", "--json", "--model", calibrated.toString(), one, one);
      assertThat(verify.exitCode()).as(verify.toString()).isZero();
      assertThat(verify.json().get("threshold").asDouble())
          .isEqualTo(manifest.measured().verificationThreshold().orElseThrow());
    }
  }

  private static double rate(JsonNode split, String which) {
    return split.get(which + "Errors").asDouble() / split.get(which + "Pairs").asDouble();
  }

  private static int coloured(BufferedImage picture) {
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        int red = (rgb >> 16) & 0xff;
        int blue = rgb & 0xff;
        count += Math.abs(red - blue) > 100 ? 1 : 0;
      }
    }
    return count;
  }
}
