package io.facelogin.matcher.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.index.IndexSettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedIndexTest {

  private static final int DIMENSION = 32;
  private static final IndexSettings ANNOY = IndexSettings.defaults().withMode(Mode.ANNOY);

  @TempDir Path folder;
  private final Map<TemplateId, float[]> gallery = new HashMap<>();

  @Test
  void anIndexFileIsUsedAgainForWhatIsUnchangedAndNeverShowsWhoWasErasedMeanwhile()
      throws Exception {
    build();
    gallery.remove(new TemplateId("t7"));
    float[] changed = vector(new Random(99));
    gallery.put(new TemplateId("t8"), changed);
    gallery.put(new TemplateId("new"), vector(new Random(98)));
    try (LiveIndex index = reopened()) {
      assertThat(index.choice().reason()).contains("last run");
      assertThat(index.indexedTemplates()).isEqualTo(298);
      assertThat(index.templates()).isEqualTo(300);
      assertThat(index.nearest(changed, 1).get(0).person()).isEqualTo(new PersonId("t8"));
      for (var each : gallery.entrySet()) {
        assertThat(index.nearest(each.getValue(), 1).get(0).person().value())
            .isEqualTo(each.getKey().value());
      }
    }
  }

  @Test
  void damagedTruncatedAndForeignIndexFilesAreNotUsed() throws Exception {
    for (String suffix : new String[] {".ann", ".ids"}) {
      damage(suffix, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
      damage(suffix, bytes -> new byte[bytes.length]);
      damage(
          suffix,
          bytes -> {
            bytes[bytes.length / 2] ^= 4;
            return bytes;
          });
    }
    build();
    IndexSettings otherTrees =
        new IndexSettings(Mode.ANNOY, ANNOY.searchWithin(), 0.998, 9, 0.1, 0);
    try (LiveIndex index = new LiveIndex(DIMENSION, otherTrees, folder)) {
      fill(index);
      assertThat(index.indexedTemplates()).isZero();
    }
  }

  private void damage(String suffix, UnaryOperator<byte[]> how) throws Exception {
    gallery.clear();
    build();
    Path file;
    try (var files = Files.list(folder)) {
      file = files.filter(f -> f.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
    Files.write(file, how.apply(Files.readAllBytes(file)));
    try (LiveIndex index = reopened()) {
      assertThat(index.indexedTemplates()).isZero();
      float[] somebody = gallery.getOrDefault(new TemplateId("t5"), new float[DIMENSION]);
      assertThat(index.nearest(somebody, 1).get(0).person()).isEqualTo(new PersonId("t5"));
    }
  }

  private void build() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      gallery.put(new TemplateId("t" + i), vector(random));
    }
    try (LiveIndex index =
        new LiveIndex(
            DIMENSION,
            ANNOY,
            new IndexBuild(DIMENSION, ANNOY, folder, 5, java.time.Duration.ZERO),
            (people, templates) -> 0.4,
            new ScanTime(Duration.ZERO),
            new SearchDepth(1))) {
      fill(index);
      index.awaitBuild();
      assertThat(index.indexedTemplates()).isEqualTo(300);
    }
  }

  private LiveIndex reopened() throws IOException {
    LiveIndex index = new LiveIndex(DIMENSION, ANNOY, folder);
    fill(index);
    return index;
  }

  private void fill(LiveIndex index) {
    index.fill(
        sink ->
            gallery.forEach(
                (template, vector) ->
                    sink.add(template, new PersonId(template.value()), vector.clone())));
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    double norm = Math.sqrt(TestVectors.dot(vector, vector));
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) norm;
    }
    return vector;
  }

  /** Plain arithmetic. */
  private static final class TestVectors {
    static double dot(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (double) a[i] * b[i];
      }
      return sum;
    }
  }
}
