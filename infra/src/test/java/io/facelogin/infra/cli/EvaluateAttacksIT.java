package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SharedData;
import io.facelogin.models.store.FetchProgress;
import io.facelogin.models.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** `evaluate --attacks` on recordings of people and of replays. */
class EvaluateAttacksIT {

  @TempDir Path folder;

  @Test
  void replaysAreTurnedAwayPeoplePassAndBothAreCounted() throws Exception {
    Path data = folder.resolve("data");
    new ModelStore(data.resolve("models"))
        .fetch(
            "minifasnet",
            Optional.of(SharedData.folder("weights").toString()),
            Optional.empty(),
            FetchProgress.silent());
    Path plot = folder.resolve("attacks.png");
    Run run =
        Run.of(
            "evaluate",
            "--attacks",
            SharedData.folder("video/spoof").toString(),
            "--json",
            "--plot",
            plot.toString(),
            "--data",
            data.toString());
    assertThat(run.exitCode()).as(run.toString()).isZero();
    JsonNode result = run.json();
    JsonNode clips = result.get("clips");
    assertThat(errors(clips.get("apcer").get("replay-screen"))).isZero();
    assertThat(errors(clips.get("apcer").get("replay-phone"))).isZero();
    assertThat(errors(clips.get("bpcer"))).isLessThanOrEqualTo(1);
    // Over a clip the score errs in none; of single pictures it errs in some (DATA.md).
    double threshold = result.get("threshold").asDouble();
    assertThat(result.get("presentations"))
        .filteredOn(one -> one.get("file").asString().contains("clips"))
        .hasSize(6)
        .allMatch(
            one ->
                one.get("attack").asBoolean() == (one.get("attackScore").asDouble() >= threshold));
    JsonNode screens = result.get("pictures").get("apcer").get("replay-screen");
    assertThat(errors(screens)).isZero();
    assertThat(screens.get("high").asDouble()).as("rule of three").isGreaterThan(0.1);
    assertThat(errors(result.get("pictures").get("bpcer"))).isLessThanOrEqualTo(5);
    assertThat(result.get("presentations"))
        .as("only what was decided over time took any")
        .allMatch(
            one ->
                one.get("file").asString().contains("clips") || one.get("decidedAfterMs").isNull())
        .filteredOn(one -> !one.get("decidedAfterMs").isNull())
        .isNotEmpty()
        .allMatch(one -> one.get("decidedAfterMs").asLong() <= 12_000);
    assertThat(result.get("failed").size()).isLessThanOrEqualTo(6);
    assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(600);
  }

  @Test
  void folderWithoutLabelsIsRefusedInWords() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Run run = Run.of("evaluate", "--attacks", folder.resolve("empty").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(run.err()).contains("labels.csv", "file, label (live or attack) and kind");
  }

  private static int errors(JsonNode rate) {
    return rate.get("errors").asInt();
  }
}
