package io.facelogin.jannoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReferenceFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f8_angular",
        "f8_euclidean",
        "f8_gaps_angular",
        "f8_gaps_euclidean",
        "f128_angular",
        "f128_euclidean",
        "f512_angular",
        "f512_euclidean",
        "f512_n600_angular"
      })
  void filesOfTheOriginalGiveItsNeighboursAndAreRepeatedByteForByte(String name) throws Exception {
    ReferenceFiles reference = ReferenceFiles.orSkip();
    JsonNode expected = reference.expected(name);
    int dimension = expected.get("f").asInt();
    Metric metric = reference.metric(expected);
    String set = name.substring(0, name.indexOf('_'));

    AnnoyIndex index = AnnoyIndex.open(reference.index(name), metric, dimension);
    assertThat(index.items()).isEqualTo(expected.get("n_items").asInt());
    assertThat(index.trees()).isEqualTo(expected.get("trees_built").asInt());
    for (VectorArithmetic arithmetic :
        new VectorArithmetic[] {VectorArithmetic.sequential(), VectorArithmetic.fastest()}) {
      Search search = index.newSearch(arithmetic);
      boolean exact = arithmetic == VectorArithmetic.sequential();
      float[][] queries = reference.queries(set, dimension);
      for (JsonNode query : expected.get("queries")) {
        float[] probe = queries[query.get("q").asInt()];
        assertSame(search, probe, query.get("default"), exact);
        assertSame(search, probe, query.get("x10"), exact);
      }
    }

    Path rebuilt = folder.resolve(name);
    float[][] vectors = reference.vectors(set, dimension);
    int rows = expected.get("n_vectors").asInt();
    int[] ids = reference.ids(name, rows);
    try (AnnoyBuilder builder = new AnnoyBuilder(metric, dimension, rebuilt)) {
      for (int row = 0; row < rows; row++) {
        builder.add(ids[row], vectors[row]);
      }
      builder.save(
          BuildSettings.defaults()
              .withSeed(expected.get("seed").asLong())
              .withTrees(expected.get("trees_built").asInt())
              .withArithmetic(VectorArithmetic.sequential()));
    }
    assertThat(Files.mismatch(rebuilt, reference.index(name))).isEqualTo(-1);
  }

  private static void assertSame(Search search, float[] query, JsonNode expected, boolean exact) {
    JsonNode ids = expected.get("ids");
    int found = search.run(query, 10, expected.get("search_k").asInt());
    assertThat(found).isEqualTo(ids.size());
    for (int rank = 0; rank < found; rank++) {
      assertThat(search.id(rank)).isEqualTo(ids.get(rank).asInt());
      float distance = expected.get("dist").get(rank).floatValue();
      // SIMD sums in another order; the plain loop rounds as the original did.
      float tolerance = exact ? 0 : 4e-6f * Math.max(1, distance * distance);
      assertThat(search.distance(rank) * search.distance(rank))
          .isCloseTo(distance * distance, within(tolerance));
    }
  }
}
