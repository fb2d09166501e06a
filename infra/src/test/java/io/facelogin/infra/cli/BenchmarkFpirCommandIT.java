package io.facelogin.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** `benchmark fpir` with the real network on a part of the real faces; the README has the whole. */
class BenchmarkFpirCommandIT {

  private static final int PEOPLE = 420;

  @TempDir Path folder;

  @Test
  void strangersGetInNoMoreOftenThanPromised() throws Exception {
    List<Path> people;
    try (Stream<Path> all = Files.list(SharedData.folder("faces/lfw"))) {
      people = all.filter(Files::isDirectory).sorted().limit(PEOPLE).toList();
    }
    for (Path person : people) {
      Path copy = Files.createDirectories(folder.resolve(person.getFileName().toString()));
      try (Stream<Path> pictures = Files.list(person)) {
        Path first = pictures.sorted().findFirst().orElseThrow();
        Files.copy(first, copy.resolve("1.jpg"));
      }
    }
    Run run =
        Run.of(
            "benchmark",
            "fpir",
            "--json",
            "--people",
            "10,100",
            "--fpir",
            "0.01",
            "--draws",
            "40",
            "--same",
            "Chyung_Dai-chul=Dai_Chul_Chyung",
            folder.toString());
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.json()).hasSize(4);
    for (JsonNode row : run.json()) {
      assertThat(row.get("lowFpir").asDouble()).isLessThanOrEqualTo(0.01);
      assertThat(row.get("fpir").asDouble()).as("neither is it shut").isBetween(0.001, 0.03);
      assertThat(row.get("strangers").asInt()).isGreaterThan(200);
    }
  }

  @Test
  void tooFewPeopleAreRefused() throws Exception {
    Files.createDirectories(folder.resolve("ann"));
    Run run = Run.of("benchmark", "fpir", "--people", "10", folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
    assertThat(run.err()).contains("shows 1 people", "300 are needed");
  }
}
