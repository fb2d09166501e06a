package io.facelogin.matcher.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.index.IndexSettings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gallery large enough for several cores, at face-like numbers. */
class LargeScanTest {

  private static final int DIMENSION = 128;
  private static final int TEMPLATES = 12_000;

  @TempDir Path folder;

  @Test
  void theScanOfBytesOnAllCoresFindsExactlyWhatFloatsFindForMatesAndStrangers() {
    try (ScanCrew crew = new ScanCrew()) {
      VectorRows rows =
          new VectorRows(DIMENSION, io.facelogin.jannoy.VectorArithmetic.fastest(), crew);
      Random random = new Random(3);
      for (int i = 0; i < TEMPLATES; i++) {
        Entry entry = new Entry(new TemplateId("t" + i), new PersonId("p" + i / 3));
        rows.append(entry, unit(random));
        entry.erased = i % 50 == 0;
      }
      for (int i = 0; i < 200; i++) {
        float[] probe =
            i % 2 == 0
                ? unit(random)
                : SyntheticMates.like(
                    rows::copy, random.nextInt(TEMPLATES), DIMENSION, 0.4, random);
        for (int n = 0; n < DIMENSION; n++) {
          probe[n] *= 3; // A probe need not have unit length.
        }
        BestPeople byBytes = new BestPeople(3, Set.of());
        rows.scan(probe, byBytes);
        BestPeople byFloats = new BestPeople(3, Set.of());
        rows.scanFloats(probe, 0, TEMPLATES, byFloats);
        assertThat(byBytes.ranked()).isEqualTo(byFloats.ranked());
      }
    }
  }

  @Test
  void theChoiceFollowsTheMeasurementAndTheWatchAgreesWithEverySearch() throws Exception {
    IndexSettings auto = IndexSettings.defaults().withWatchedShare(1);
    try (LiveIndex index = new LiveIndex(DIMENSION, auto, folder)) {
      fill(index);
      await().atMost(Duration.ofMinutes(1)).until(() -> index.choice().exactMs() > 0);
      assertThat(index.choice().way()).isEqualTo(Choice.Way.EXACT);
      assertThat(index.indexedTemplates()).isZero();
      Random random = new Random(8);
      for (int i = 0; i < 5; i++) {
        index.nearest(unit(random), 2);
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> index.watchedRecall().mates() + index.watchedRecall().strangers() == 5);
      assertThat(index.watchedRecall().strangersFound() + index.watchedRecall().matesFound())
          .isEqualTo(5);
    }
  }

  @Test
  void withoutTimeForAScanTheIndexIsTriedAndOnlyTakenIfItReachesTheRecallSooner() throws Exception {
    IndexSettings noTime = new IndexSettings(Mode.AUTO, Duration.ZERO, 0.998, 10, 0.1, 0);
    try (LiveIndex index = new LiveIndex(DIMENSION, noTime, folder)) {
      fill(index);
      await().atMost(Duration.ofMinutes(2)).until(() -> index.choice().annoyMs() > 0);
      Choice choice = index.choice();
      boolean annoyIsBetter = choice.recall() >= 0.998 && choice.annoyMs() <= choice.exactMs();
      assertThat(choice.way()).isEqualTo(annoyIsBetter ? Choice.Way.ANNOY : Choice.Way.EXACT);
    }
  }

  private static void fill(LiveIndex index) {
    Random random = new Random(4);
    index.fill(
        sink -> {
          for (int i = 0; i < TEMPLATES; i++) {
            sink.add(new TemplateId("t" + i), new PersonId("p" + i / 2), unit(random));
          }
        });
  }

  private static float[] unit(Random random) {
    float[] vector = new float[DIMENSION];
    double squares = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
