package io.facelogin.detector.presentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.PresentationSettings;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FaceInPicture;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.picture.Picture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is written into a face's record, and what is left out of it. */
class PresentationCheckIT {

  private static final PresentationSettings SETTINGS = PresentationSettings.defaults();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whoLogsInIsScoredAndWatchedInEveryFrame() {
    FaceCrop face = checked(Purpose.LOGIN, false, Optional.of(scoring(f -> 0.25)));
    assertThat(face.getAttackScore()).isEqualTo(0.25f);
    assertThat(face.hasRelief()).isTrue();
    assertThat(face.getRelief()).as("one frame shows nothing").isZero();
    assertThat(registry.counter(DetectorMetrics.CHECKED).count()).isEqualTo(1);
  }

  @Test
  void siteCamerasAreScoredInTheirBestPicturesAndNotWatched() {
    Optional<AttackDetector> network = Optional.of(scoring(f -> 0.25));
    assertThat(checked(Purpose.WATCH, false, network).hasAttackScore()).isFalse();
    FaceCrop best = checked(Purpose.WATCH, true, network);
    assertThat(best.hasAttackScore()).isTrue();
    assertThat(best.hasRelief()).isFalse();
  }

  @Test
  void withoutANetworkThereIsNoScoreAndItIsCounted() {
    FaceCrop face = checked(Purpose.LOGIN, true, Optional.empty());
    assertThat(face.hasAttackScore()).isFalse();
    assertThat(face.hasRelief()).isTrue();
    assertThat(unchecked("NO_NETWORK")).isEqualTo(1);
  }

  @Test
  void networkThatFailsKillsNobodyAndLeavesTheScoreOut() {
    FaceCrop face =
        checked(
            Purpose.ENROL,
            true,
            Optional.of(
                scoring(
                    f -> {
                      throw new IllegalStateException("out of memory");
                    })));
    assertThat(face.hasAttackScore()).isFalse();
    assertThat(unchecked("FAILED")).isEqualTo(1);
  }

  @Test
  void scoreThatIsNoNumberIsNone() {
    FaceCrop face = checked(Purpose.LOGIN, true, Optional.of(scoring(f -> Double.NaN)));
    assertThat(face.hasAttackScore()).isFalse();
  }

  private double unchecked(String reason) {
    return registry.counter(DetectorMetrics.UNCHECKED, "reason", reason).count();
  }

  private FaceCrop checked(Purpose purpose, boolean selected, Optional<AttackDetector> network) {
    FaceCrop.Builder record = FaceCrop.newBuilder();
    try (Picture picture = Picture.blank(200, 200)) {
      new PresentationCheck(SETTINGS, () -> network, new DetectorMetrics(registry))
          .check(
              List.of(
                  new PresentedFace(
                      purpose,
                      Optional.of(picture),
                      1_000_000,
                      7,
                      face(),
                      true,
                      selected,
                      new CameraEvidence(SETTINGS, 4),
                      record)));
    }
    return record.build();
  }

  private static DetectedFace face() {
    return new DetectedFace(
        new Box(60, 50, 140, 150),
        new Landmarks(
            new Point(85, 85),
            new Point(115, 85),
            new Point(100, 102),
            new Point(87, 120),
            new Point(113, 120)),
        0.99f);
  }

  private static AttackDetector scoring(ToDoubleFunction<FaceInPicture> score) {
    return new AttackDetector() {
      @Override
      public ModelId model() {
        return new ModelId("made");
      }

      @Override
      public float[] attackScores(List<FaceInPicture> faces) {
        float[] scores = new float[faces.size()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = (float) score.applyAsDouble(faces.get(i));
        }
        return scores;
      }

      @Override
      public void close() {}
    };
  }
}
