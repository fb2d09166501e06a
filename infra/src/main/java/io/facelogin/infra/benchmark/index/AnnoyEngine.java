package io.facelogin.infra.benchmark.index;

import io.facelogin.jannoy.AnnoyBuilder;
import io.facelogin.jannoy.AnnoyIndex;
import io.facelogin.jannoy.BuildSettings;
import io.facelogin.jannoy.Metric;
import io.facelogin.jannoy.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Our Annoy with one number of trees. */
final class AnnoyEngine implements SearchEngine {

  private final int trees;
  private final Path file;
  private final AnnoyIndex index;
  private final int wanted;
  private final List<Integer> searchK;

  private AnnoyEngine(int trees, Path file, AnnoyIndex index, int wanted, List<Integer> searchK) {
    this.trees = trees;
    this.file = file;
    this.index = index;
    this.wanted = wanted;
    this.searchK = searchK;
  }

  static AnnoyEngine build(
      VectorFile vectors, int trees, int threads, int wanted, List<Integer> searchK, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("benchmark-" + trees + ".ann");
    try (AnnoyBuilder builder = AnnoyBuilder.angular(vectors.dimension(), file)) {
      float[] vector = new float[vectors.dimension()];
      for (int row = 0; row < vectors.rows(); row++) {
        vectors.read(row, 1, vector);
        builder.add(row, vector);
      }
      builder.save(BuildSettings.defaults().withTrees(trees).withThreads(threads));
    }
    AnnoyIndex index = AnnoyIndex.open(file, Metric.ANGULAR, vectors.dimension());
    return new AnnoyEngine(trees, file, index, wanted, searchK);
  }

  @Override
  public String name() {
    return "annoy, " + trees + " trees";
  }

  @Override
  public long fileBytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public List<Setting> settings() {
    return searchK.stream()
        .map(
            k ->
                new Setting(
                    "searchK " + k,
                    () -> {
                      Search search = index.newSearch();
                      return (query, best) -> {
                        int found = search.run(query, wanted, k);
                        for (int rank = 0; rank < found; rank++) {
                          best.offer(search.id(rank), -search.distance(rank));
                        }
                      };
                    }))
        .toList();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
