package io.facelogin.detector.presentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.detector.PresentationSettings;
import io.facelogin.detector.TestFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.Detector;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.store.ModelStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a photograph shows over time. (What living people show: EvaluateAttacksIT of infra.) */
class TrackEvidenceIT {

  private static final int FRAMES_PER_SECOND = 8;
  private static final int SECONDS = 6;

  /** What the matcher asks for. */
  private static final float ENOUGH = 0.5f;

  private static Picture still;
  private static Landmarks face;

  @BeforeAll
  static void find(@TempDir Path folder) throws Exception {
    still = PictureReader.read(TestFace.jpeg());
    try (Detector detector = new ModelStore(folder).openDetector()) {
      List<DetectedFace> faces = detector.detect(List.of(still), 40).get(0);
      face = faces.get(0).landmarksPx();
    }
  }

  @AfterAll
  static void close() {
    if (still != null) {
      still.close();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.6, 1})
  void photographShowsNoReliefHoweverItIsMovedAndTilted(double vigour) {
    for (long seed = 1; seed <= 5; seed++) {
      TrackEvidence evidence = new TrackEvidence(PresentationSettings.defaults());
      FlatPicture photograph = new FlatPicture(still, face, seed, vigour);
      for (int i = 0; i < FRAMES_PER_SECOND * SECONDS; i++) {
        show(photograph, i, evidence);
        assertThat(evidence.relief()).as("frame " + i + ", seed " + seed).isLessThan(ENOUGH);
        assertThat(evidence.signs()).doesNotContain(AttackSign.FROZEN);
      }
    }
  }

  @Test
  void samePictureForASecondIsFrozenAndARepeatedFrameIsNot() {
    TrackEvidence evidence = new TrackEvidence(PresentationSettings.defaults());
    FlatPicture photograph = new FlatPicture(still, face, 1, 0);
    for (int i = 0; i < FRAMES_PER_SECOND; i++) {
      show(photograph, i, evidence);
      assertThat(evidence.signs()).as("frame " + i).isEmpty();
    }
    show(photograph, FRAMES_PER_SECOND, evidence);
    assertThat(evidence.signs()).containsExactly(AttackSign.FROZEN);
    assertThat(evidence.relief()).isZero();
  }

  private static void show(FlatPicture photograph, int frame, TrackEvidence evidence) {
    FlatPicture.Shown shown = photograph.at((double) frame / FRAMES_PER_SECOND);
    try (Picture picture = shown.picture()) {
      FacePatch patch = FacePatch.of(picture, shown.face()).orElseThrow();
      evidence.seen(patch, 1_000_000L + frame * 1_000_000L / FRAMES_PER_SECOND);
    }
  }
}
