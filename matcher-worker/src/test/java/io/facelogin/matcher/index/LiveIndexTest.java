package io.facelogin.matcher.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.index.IndexSettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveIndexTest {

  private static final int DIMENSION = 16;

  /** Where index files lie: on a disk most of the time would go by with waiting for it. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /** As many candidates as there can be: the index then finds what a scan finds. */
  private static final SearchDepth ALL =
      new SearchDepth(1) {
        @Override
        Found find(AnnoyBase base, double hardestCosine, double slowestMs) {
          return new Found(base.largestSearchK(), 1, 0);
        }
      };

  private static LiveIndex open(IndexSettings settings, Path folder, int fewChanges)
      throws IOException {
    return new LiveIndex(
        DIMENSION,
        settings,
        new IndexBuild(DIMENSION, settings, folder, fewChanges, Duration.ZERO),
        (people, templates) -> 0.4,
        new ScanTime(Duration.ZERO),
        ALL);
  }

  /** What happens to an index. */
  enum Act {
    ENROL,
    ERASE,
    SEARCH,
    WAIT_FOR_BUILD,
    RESTART,
    /** Goes on with the files as they lay at some moment of the run, as after a kill. */
    CRASH
  }

  @Property(tries = 60)
  void searchesEqualBruteForceWhateverWasEnrolledErasedAndRebuilt(
      @ForAll Mode mode, @ForAll @Size(min = 170, max = 300) List<Act> acts, @ForAll long seed)
      throws Exception {
    Path folder = Files.createTempDirectory(MEMORY, "live-index");
    IndexSettings settings = new IndexSettings(mode, Duration.ZERO, 0.998, 3, 0.1, 0);
    LiveIndex index = open(settings, folder, 5);
    try {
      Model model = new Model();
      Random random = new Random(seed);
      for (Act act : acts) {
        if (act == Act.RESTART || act == Act.CRASH) {
          Path asLeft = act == Act.CRASH ? copy(folder) : folder;
          index.close();
          if (act == Act.CRASH) {
            delete(folder);
          }
          folder = asLeft;
          index = open(settings, folder, 5);
          index.fill(model::fill);
        } else {
          perform(act, index, model, random);
        }
      }
      index.awaitBuild();
      model.assertSame(index, vector(random));
      assertThat(index.templates()).isEqualTo(model.vectors.size());
      assertThat(index.people()).isEqualTo(model.people.values().stream().distinct().count());
    } finally {
      index.close();
      delete(folder);
    }
  }

  private static void perform(Act act, LiveIndex index, Model model, Random random)
      throws InterruptedException {
    TemplateId template = new TemplateId("t" + random.nextInt(60));
    switch (act) {
      case ENROL -> {
        for (int i = 0; i < 6; i++) {
          TemplateId next = new TemplateId("t" + random.nextInt(60));
          PersonId person = new PersonId("p" + random.nextInt(12));
          float[] vector = vector(random);
          index.enrol(next, person, vector);
          model.vectors.put(next, vector);
          model.people.put(next, person);
        }
      }
      case ERASE -> {
        index.erase(template);
        model.vectors.remove(template);
        model.people.remove(template);
        assertThat(index.holds(template)).isFalse();
      }
      case SEARCH -> model.assertSame(index, vector(random));
      case WAIT_FOR_BUILD -> index.awaitBuild();
      case RESTART, CRASH -> throw new IllegalArgumentException("the caller restarts");
    }
  }

  @Test
  void theForcedIndexIsReallyUsedAndAnErasedPersonNeverComesBackFromIt(@TempDir Path folder)
      throws Exception {
    IndexSettings settings = new IndexSettings(Mode.ANNOY, Duration.ZERO, 0.998, 5, 0.1, 0);
    try (LiveIndex index = open(settings, folder, 10)) {
      Random random = new Random(1);
      float[] wanted = vector(random);
      for (int i = 0; i < 200; i++) {
        index.enrol(new TemplateId("t" + i), new PersonId("p" + i), vector(random));
        index.awaitBuild();
      }
      index.enrol(new TemplateId("wanted"), new PersonId("wanted"), wanted);
      for (int i = 200; i < 260; i++) {
        index.enrol(new TemplateId("t" + i), new PersonId("p" + i), vector(random));
        index.awaitBuild();
      }
      assertThat(index.indexedTemplates()).isGreaterThan(210);
      assertThat(index.nearest(wanted, 1).get(0).person()).isEqualTo(new PersonId("wanted"));
      index.erase(new TemplateId("wanted"));
      for (int i = 0; i < 100; i++) {
        assertThat(index.nearest(wanted, 5))
            .noneMatch(found -> found.person().equals(new PersonId("wanted")));
        index.erase(new TemplateId("t" + i));
        index.awaitBuild();
      }
      try (var files = Files.list(folder)) {
        assertThat(files.count())
            .as("there is no file but one of nobody erased, and what belongs to it")
            .isIn(0L, 2L);
      }
    }
  }

  @Test
  void searchesGoOnWhileTemplatesComeAndGoAndTheIndexIsRebuilt(@TempDir Path folder)
      throws Exception {
    IndexSettings settings = new IndexSettings(Mode.ANNOY, Duration.ZERO, 0.998, 5, 0.05, 0);
    AtomicBoolean done = new AtomicBoolean();
    try (LiveIndex index = open(settings, folder, 10)) {
      Random random = new Random(2);
      float[] steady = vector(random);
      index.enrol(new TemplateId("steady"), new PersonId("steady"), steady);
      var failures = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
      Thread searcher =
          new Thread(
              () -> {
                try {
                  while (!done.get()) {
                    Candidate best = index.nearest(steady, 1).get(0);
                    assertThat(best.person()).isEqualTo(new PersonId("steady"));
                    assertThat(best.similarity()).isBetween(0.999f, 1.001f);
                  }
                } catch (Throwable e) {
                  failures.add(e);
                }
              });
      searcher.start();
      for (int i = 0; i < 5_000; i++) {
        index.enrol(new TemplateId("t" + i % 700), new PersonId("p" + i % 90), vector(random));
        index.erase(new TemplateId("t" + random.nextInt(700)));
      }
      done.set(true);
      searcher.join();
      assertThat(failures).isEmpty();
    }
  }

  @Test
  void vectorsThatCannotBeComparedAreRefused(@TempDir Path folder) throws IOException {
    try (LiveIndex index = new LiveIndex(DIMENSION, IndexSettings.defaults(), folder)) {
      float[] nan = new float[DIMENSION];
      nan[3] = Float.NaN;
      assertThatThrownBy(() -> index.nearest(nan, 1)).hasMessageContaining("NaN");
      assertThatThrownBy(() -> index.nearest(new float[3], 1)).hasMessageContaining("3 numbers");
      assertThatThrownBy(() -> index.enrol(new TemplateId("t"), new PersonId("p"), new float[3]))
          .hasMessageContaining("3 numbers");
    }
  }

  /** The same gallery, searched by comparing everything in double precision. */
  private static final class Model {
    final Map<TemplateId, float[]> vectors = new HashMap<>();
    final Map<TemplateId, PersonId> people = new HashMap<>();

    void fill(TemplateIndex.Sink sink) {
      vectors.forEach(
          (template, vector) ->
              sink.add(template, people.getOrDefault(template, new PersonId("?")), vector));
    }

    void assertSame(LiveIndex index, float[] probe) {
      Map<PersonId, Double> best = new HashMap<>();
      vectors.forEach(
          (template, vector) -> {
            double dot = 0;
            for (int i = 0; i < DIMENSION; i++) {
              dot += (double) probe[i] * vector[i];
            }
            best.merge(people.getOrDefault(template, new PersonId("?")), dot, Math::max);
          });
      List<Candidate> found = index.nearest(probe, 4);
      List<PersonId> expected =
          best.entrySet().stream()
              .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
              .limit(4)
              .map(Map.Entry::getKey)
              .toList();
      assertThat(found.stream().map(Candidate::person)).containsExactlyElementsOf(expected);
      for (Candidate candidate : found) {
        assertThat((double) candidate.similarity())
            .isCloseTo(
                best.getOrDefault(candidate.person(), 9.0),
                org.assertj.core.api.Assertions.within(1e-5));
        assertThat(index.similarity(probe, candidate.person()))
            .isCloseTo(candidate.similarity(), org.assertj.core.api.Assertions.within(1e-5f));
      }
      if (!expected.isEmpty()) {
        assertThat(index.nearest(probe, 4, Set.of(expected.get(0))))
            .noneMatch(candidate -> candidate.person().equals(expected.get(0)));
      }
    }
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    double norm = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
      norm += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(norm);
    }
    return vector;
  }

  /** File by file, while the index may be writing them. */
  private static Path copy(Path folder) throws IOException {
    Path copy = Files.createTempDirectory(MEMORY, "live-index");
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try {
          Files.copy(file, copy.resolve(file.getFileName()));
        } catch (NoSuchFileException renamedOrDeletedMeanwhile) {
          // A killed process may leave the folder without it too.
        }
      }
    }
    return copy;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
