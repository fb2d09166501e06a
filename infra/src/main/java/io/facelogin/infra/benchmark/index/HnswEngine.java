package io.facelogin.infra.benchmark.index;

import com.github.jelmerk.knn.Item;
import com.github.jelmerk.knn.Jdk17DistanceFunctions;
import com.github.jelmerk.knn.SearchResult;
import com.github.jelmerk.knn.hnsw.HnswIndex;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Hierarchical navigable small worlds by hnswlib-core, the one Java library of its kind that uses
 * SIMD on JDK 17. M 16, 100 candidates while building. Everything lies on the heap.
 */
final class HnswEngine implements SearchEngine {

  private static final int PROGRESS_EVERY = 10_000;

  private static final int NEIGHBOURS = 16;
  private static final int CONSTRUCTION_CANDIDATES = 100;
  private static final List<Integer> CANDIDATES = List.of(50, 100, 200, 400);

  private final HnswIndex<Integer, float[], Row, Float> index;
  private final int wanted;

  private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  private HnswEngine(HnswIndex<Integer, float[], Row, Float> index, int wanted) {
    this.index = index;
    this.wanted = wanted;
  }

  /**
   * @param progress is told how many are in, now and then: 100,000 x 512 take minutes
   */
  static HnswEngine build(VectorFile vectors, int threads, int wanted, Consumer<String> progress)
      throws InterruptedException {
    HnswIndex<Integer, float[], Row, Float> index =
        HnswIndex.newBuilder(
                vectors.dimension(),
                Jdk17DistanceFunctions.VECTOR_FLOAT_256_INNER_PRODUCT,
                vectors.rows())
            .withM(NEIGHBOURS)
            .withEfConstruction(CONSTRUCTION_CANDIDATES)
            .build();
    index.addAll(
        IntStream.range(0, vectors.rows()).mapToObj(id -> new Row(id, vectors.row(id))).toList(),
        threads,
        (done, all) ->
            progress.accept(
                String.format(Locale.ROOT, "hnswlib: %,d of %,d vectors added", done, all)),
        PROGRESS_EVERY);
    return new HnswEngine(index, wanted);
  }

  @Override
  public String name() {
    return "hnswlib, M " + NEIGHBOURS;
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public List<Setting> settings() {
    return CANDIDATES.stream()
        .map(
            ef ->
                new Setting(
                    "ef " + ef,
                    () -> {
                      index.setEf(ef);
                      return (query, best) -> {
                        for (SearchResult<Row, Float> found : index.findNearest(query, wanted)) {
                          best.offer(found.item().id(), -found.distance());
                        }
                      };
                    }))
        .toList();
  }

  @Override
  public void close() {}
}
