package io.facelogin.jannoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.spotify.annoy.ANNIndex;
import com.spotify.annoy.IndexType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnoyIndexTest {

  private static final int DIMENSION = 32;
  private static final int ITEMS = 3_000;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theOriginalsReaderFindsTheSameNeighboursInOurFiles(Metric metric) throws Exception {
    float[][] vectors = vectors(ITEMS, 1);
    Path file = build(metric, vectors, settings().withThreads(2));
    AnnoyIndex ours = AnnoyIndex.open(file, metric, DIMENSION);
    IndexType type = metric == Metric.ANGULAR ? IndexType.ANGULAR : IndexType.EUCLIDEAN;
    try (ANNIndex theirs = new ANNIndex(DIMENSION, file.toString(), type)) {
      float[] vector = new float[DIMENSION];
      for (int id = 0; id < ITEMS; id += 100) {
        ours.vector(id, vector);
        assertThat(vector).isEqualTo(theirs.getItemVector(id)).isEqualTo(vectors[id]);
      }
      // Their reader has no searchK: it looks at as many candidates as results times trees.
      for (float[] query : vectors(50, 2)) {
        assertThat(theirs.getNearest(query, ITEMS).subList(0, 5)).isEqualTo(ids(ours, query, 5));
      }
      Random random = new Random(20);
      for (int mate = 0; mate < 200; mate++) {
        float[] query = near(vectors[mate], random);
        assertThat(theirs.getNearest(query, 50).get(0)).isEqualTo(mate);
        assertThat(ids(ours, query, 1)).containsExactly(mate);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void searchingDeepEnoughIsExact(Metric metric) throws Exception {
    float[][] vectors = vectors(ITEMS, 3);
    AnnoyIndex index = open(build(metric, vectors, settings()), metric);
    Search search = index.newSearch();
    for (float[] query : vectors(50, 4)) {
      assertThat(search.run(query, 10, Integer.MAX_VALUE)).isEqualTo(10);
      assertThat(search.neighbours().stream().map(Neighbour::id))
          .containsExactlyElementsOf(exact(metric, vectors, query, 10));
    }
  }

  @Test
  void recallGrowsWithSearchKAndIsHighAtTheDefault() throws Exception {
    float[][] vectors = vectors(ITEMS, 5);
    AnnoyIndex index = open(build(Metric.ANGULAR, vectors, settings()), Metric.ANGULAR);
    float[][] queries = new float[300][];
    Random random = new Random(6);
    for (int i = 0; i < queries.length; i++) {
      queries[i] = near(vectors[random.nextInt(ITEMS)], random);
    }
    double shallow = recall(index, vectors, queries, 50);
    double deep = recall(index, vectors, queries, 1_000);
    assertThat(deep).isGreaterThanOrEqualTo(0.99).isGreaterThanOrEqualTo(shallow);
  }

  @Test
  void theSameSeedAndThreadsGiveTheSameFileWhoeverIsFaster() throws Exception {
    float[][] vectors = vectors(ITEMS, 7);
    Path first = build(Metric.ANGULAR, vectors, settings().withThreads(3));
    Path again = build(Metric.ANGULAR, vectors, settings().withThreads(3));
    Path otherSeed = build(Metric.ANGULAR, vectors, settings().withThreads(3).withSeed(8));
    assertThat(Files.mismatch(first, again)).isEqualTo(-1);
    assertThat(Files.mismatch(first, otherSeed)).isNotEqualTo(-1);
    assertThat(open(first, Metric.ANGULAR).trees()).isEqualTo(settings().trees());
  }

  @Test
  void masksAreHonouredAndDoNotMakeTheSearchShallower() throws Exception {
    float[][] vectors = vectors(ITEMS, 9);
    AnnoyIndex index = open(build(Metric.ANGULAR, vectors, settings()), Metric.ANGULAR);
    Search search = index.newSearch();
    float[] query = vectors[17];
    assertThat(search.run(query, 1, 100)).isEqualTo(1);
    assertThat(search.id(0)).isEqualTo(17);
    assertThat(search.run(query, 5, 100, id -> id >= ITEMS - 5)).isEqualTo(5);
    assertThat(search.run(query, 5, 100, id -> false)).isZero();
  }

  @Test
  void anyNumberOfReadersSearchAtOnceAndAReplacedFileStaysReadable() throws Exception {
    float[][] vectors = vectors(ITEMS, 10);
    Path file = build(Metric.ANGULAR, vectors, settings());
    AnnoyIndex index = open(file, Metric.ANGULAR);
    List<List<Neighbour>> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      expected.add(index.nearest(vectors[i], 3, 500));
    }
    var pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        readers.add(
            pool.submit(
                () -> {
                  Search search = index.newSearch();
                  for (int i = 0; i < 200; i++) {
                    search.run(vectors[i], 3, 500);
                    assertThat(search.neighbours()).isEqualTo(expected.get(i));
                  }
                }));
      }
      Path other = build(Metric.ANGULAR, vectors(50, 11), settings());
      Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(index.nearest(vectors[5], 3, 500)).isEqualTo(expected.get(5));
  }

  @Test
  void oneItemAndFewItemsAndZeroVectorsAreFine() throws Exception {
    for (int items : new int[] {1, 2, DIMENSION + 2, DIMENSION + 3}) {
      float[][] vectors = vectors(items, 12);
      AnnoyIndex index = open(build(Metric.ANGULAR, vectors, settings()), Metric.ANGULAR);
      assertThat(index.items()).isEqualTo(items);
      assertThat(index.trees()).as("%s items", items).isEqualTo(settings().trees());
      assertThat(index.nearest(vectors[items - 1], 1, 1_000).get(0).id()).isEqualTo(items - 1);
    }
    float[][] zeros = new float[200][DIMENSION];
    AnnoyIndex index = open(build(Metric.EUCLIDEAN, zeros, settings()), Metric.EUCLIDEAN);
    assertThat(index.nearest(new float[DIMENSION], 4, 1_000)).hasSize(4);
  }

  @Test
  void vectorsThatCannotBeComparedAreRefused() throws Exception {
    Path file = folder.resolve("refusals");
    try (var builder = AnnoyBuilder.angular(3, file)) {
      assertRefused(() -> builder.add(0, new float[] {1, Float.NaN, 1}), "NaN at position 1");
      assertRefused(() -> builder.add(0, new float[] {Float.POSITIVE_INFINITY, 1, 1}), "Infinity");
      assertRefused(() -> builder.add(0, new float[] {1e30f, 1, 1}), "too long");
      assertRefused(() -> builder.add(0, new float[3]), "Vector 0 is zero");
      assertRefused(() -> builder.add(0, new float[2]), "2 numbers");
      assertRefused(() -> builder.add(-1, new float[3]), "negative");
      assertThatThrownBy(() -> builder.save(settings())).isInstanceOf(IllegalStateException.class);
      builder.add(0, new float[] {1, 2, 3});
      builder.save(settings());
      assertThatThrownBy(() -> builder.add(1, new float[3]))
          .isInstanceOf(IllegalStateException.class);
    }
    Search search = AnnoyIndex.open(file, Metric.ANGULAR, 3).newSearch();
    assertRefused(() -> search.run(new float[] {Float.NaN, 0, 0}, 1, 1), "NaN at position 0");
    assertRefused(() -> search.run(new float[4], 1, 1), "4 numbers");
    assertRefused(() -> search.run(new float[3], 1, 1), "The query is zero");
    assertThat(folder.toFile().list()).as("no partial file is left").containsExactly("refusals");
  }

  @Test
  void damagedCutOffAndForeignFilesAreNoticedOnOpening() throws Exception {
    Path good = build(Metric.ANGULAR, vectors(ITEMS, 13), settings());
    byte[] bytes = Files.readAllBytes(good);
    assertDamaged(new byte[0], DIMENSION);
    assertDamaged(Arrays.copyOf(bytes, bytes.length - 7), DIMENSION);
    assertDamaged(Arrays.copyOf(bytes, bytes.length / 2 / 140 * 140), DIMENSION);
    assertDamaged(bytes, 31);
    // A dimension whose nodes divide the length too: 140 bytes a node against 14 nodes in 10.
    assertDamaged(Arrays.copyOf(bytes, bytes.length / 1400 * 1400), 22);
    int node = 140 * (ITEMS + 20);
    for (int word = 1; word < 3; word++) {
      byte[] wild = bytes.clone();
      wild[node + 4 * word + 3] = 0x7f;
      assertDamaged(wild, DIMENSION);
    }
    byte[] wild = bytes.clone();
    wild[3] = 1;
    assertDamaged(wild, DIMENSION);
  }

  @Test
  void filesBeyondTwoGibibytesWork() throws Exception {
    int dimension = 131_072;
    int lastId = 4_200;
    Path file = folder.resolve("large");
    float[] first = new float[dimension];
    float[] last = new float[dimension];
    first[0] = 1;
    last[dimension - 1] = 1;
    try (var builder = AnnoyBuilder.euclidean(dimension, file)) {
      builder.add(lastId, last);
      builder.add(0, first);
      builder.save(settings().withTrees(2));
    }
    assertThat(Files.size(file)).isGreaterThan(1L << 31);
    AnnoyIndex index = AnnoyIndex.open(file, Metric.EUCLIDEAN, dimension);
    assertThat(index.nearest(last, 2, 100))
        .containsExactly(new Neighbour(lastId, 0), new Neighbour(0, (float) Math.sqrt(2)));
    assertThat(index.holds(2_000)).isFalse();
  }

  private static List<Integer> ids(AnnoyIndex index, float[] query, int wanted) {
    int searchK = wanted == 1 ? 500 : Integer.MAX_VALUE;
    return index.nearest(query, wanted, searchK).stream().map(Neighbour::id).toList();
  }

  private void assertDamaged(byte[] bytes, int dimension) throws IOException {
    Path file = Files.createTempFile(folder, "damaged", "");
    Files.write(file, bytes);
    assertThatThrownBy(() -> AnnoyIndex.open(file, Metric.ANGULAR, dimension))
        .isInstanceOf(DamagedIndexException.class)
        .hasMessageContaining(file.toString());
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static BuildSettings settings() {
    return BuildSettings.defaults().withTrees(10);
  }

  private AnnoyIndex open(Path file, Metric metric) throws IOException {
    return AnnoyIndex.open(file, metric, DIMENSION);
  }

  private Path build(Metric metric, float[][] vectors, BuildSettings settings) throws Exception {
    Path file = Files.createTempFile(folder, "index", ".ann");
    try (var builder = new AnnoyBuilder(metric, DIMENSION, file)) {
      for (int id = 0; id < vectors.length; id++) {
        builder.add(id, vectors[id]);
      }
      builder.save(settings);
    }
    return file;
  }

  private static double recall(
      AnnoyIndex index, float[][] vectors, float[][] queries, int searchK) {
    Search search = index.newSearch();
    int right = 0;
    for (float[] query : queries) {
      search.run(query, 1, searchK);
      right += search.id(0) == exact(Metric.ANGULAR, vectors, query, 1).get(0) ? 1 : 0;
    }
    return (double) right / queries.length;
  }

  private static List<Integer> exact(Metric metric, float[][] vectors, float[] query, int wanted) {
    double[] distances = new double[vectors.length];
    for (int id = 0; id < vectors.length; id++) {
      double dot = 0;
      double norm = 0;
      double squared = 0;
      for (int i = 0; i < query.length; i++) {
        dot += (double) query[i] * vectors[id][i];
        norm += (double) vectors[id][i] * vectors[id][i];
        squared += Math.pow((double) query[i] - vectors[id][i], 2);
      }
      distances[id] = metric == Metric.ANGULAR ? -dot / Math.sqrt(norm) : squared;
    }
    return IntStream.range(0, vectors.length)
        .boxed()
        .sorted(java.util.Comparator.comparingDouble(id -> distances[id]))
        .limit(wanted)
        .toList();
  }

  private static float[] near(float[] vector, Random random) {
    float[] result = vector.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] += 0.3f * (float) random.nextGaussian();
    }
    return result;
  }

  private static float[][] vectors(int count, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[count][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
