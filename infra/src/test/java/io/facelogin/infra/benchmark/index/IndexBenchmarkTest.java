package io.facelogin.infra.benchmark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexBenchmarkTest {

  @TempDir Path folder;

  @Test
  void everyWayOfSearchingHasItsRowAndExactOnesMissNothing() throws Exception {
    List<String> said = new ArrayList<>();
    List<IndexResult> results =
        new IndexBenchmark(
                new IndexBenchmarkSettings(
                    List.of(500), List.of(32), List.of(5), List.of(20, 10_000), 2, 100, 1_000),
                folder,
                said::add)
            .run();

    assertThat(results)
        .extracting(IndexResult::engine)
        .contains("exact, float", "live gallery, exact", "annoy, 5 trees", "hnswlib, M 16");
    for (IndexResult result : results) {
      boolean complete =
          result.engine().contains("exact") || result.setting().equals("searchK 10000");
      assertThat(result.recallAt1()).containsOnlyKeys("0.3", "0.4", "0.5", "0.6", "0.7");
      if (complete) {
        assertThat(result.recallAt1().values()).as(result.engine()).containsOnly(1.0);
        assertThat(result.recallAt5().values()).as(result.engine()).containsOnly(1.0);
      }
    }
    assertThat(
            results.stream()
                .filter(r -> r.setting().equals("searchK 20"))
                .flatMap(r -> r.recallAt1().values().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow())
        .isLessThan(0.95);
    IndexPlot.write(results, folder.resolve("plot.png"));
    assertThat(Files.size(folder.resolve("plot.png"))).isGreaterThan(5_000);
    assertThat(said).anyMatch(line -> line.contains("500 x 32: annoy, 5 trees ready"));
  }

  @Test
  void madeVectorsBehaveLikeFaces() {
    var vectors = new FaceLikeVectors(1_000, 128, 1);
    double same = 0;
    double different = 0;
    for (int person = 0; person < 200; person++) {
      same += cosine(vectors.row(person), vectors.row(person + 200)) / 200;
      different += cosine(vectors.row(person), vectors.row((person + 7) % 200)) / 200;
    }
    assertThat(same).isCloseTo(0.7, within(0.02));
    assertThat(different).isCloseTo(0, within(0.02));
    float[] row = vectors.row(3);
    assertThat(cosine(row, vectors.query(row, 0.4, new Random(1)))).isCloseTo(0.4, within(1e-5));
    assertThat(vectors.row(3)).isEqualTo(row);
  }

  @Test
  void sizesThatCannotBeMadeAreRefusedBeforeTheStart() {
    assertThatThrownBy(
            () ->
                new IndexBenchmarkSettings(
                    List.of(1_000, 12), List.of(32), List.of(5), List.of(20), 1, 100, 0))
        .hasMessageContaining("multiple of 5, got 12");
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
