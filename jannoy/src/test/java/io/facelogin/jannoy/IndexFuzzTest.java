package io.facelogin.jannoy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that opens as an index can be searched, whatever its bytes are. */
class IndexFuzzTest {

  private static final int DIMENSION = 4;

  @MethodSource("indexes")
  @FuzzTest(maxDuration = "2m")
  void anIndexIsDamagedOrCanBeSearched(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzzed", ".annoy");
    try {
      Files.write(file, bytes);
      AnnoyIndex index = AnnoyIndex.open(file, Metric.ANGULAR, DIMENSION);
      index.nearest(new float[] {1, 0, 0, 0}, 3, 50);
      float[] vector = new float[DIMENSION];
      for (int id = 0; id < Math.min(index.items(), 100); id++) {
        if (index.holds(id)) {
          index.vector(id, vector);
        }
      }
    } catch (DamagedIndexException e) {
      // The documented answer.
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 1000, seed = "1")
  void damagedIndexesToo(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0) Integer> hits)
      throws IOException, InterruptedException {
    byte[] bytes = indexes().findFirst().orElseThrow();
    for (int hit : hits) {
      // Rows and roots refer to one another by number: what is no row is what matters here.
      bytes[hit % bytes.length] = (byte) (hit >> 16);
    }
    anIndexIsDamagedOrCanBeSearched(Arrays.copyOf(bytes, bytes.length - hits.get(0) % 3));
  }

  static Stream<byte[]> indexes() throws IOException, InterruptedException {
    Path file = Files.createTempFile("whole", ".annoy");
    try (AnnoyBuilder builder = AnnoyBuilder.angular(DIMENSION, file)) {
      Random random = new Random(1);
      for (int id = 0; id < 40; id++) {
        builder.add(
            id, new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat(), 1});
      }
      builder.save(BuildSettings.defaults().withTrees(3));
      return Stream.of(Files.readAllBytes(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
