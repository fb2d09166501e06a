package io.facelogin.detector.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

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
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
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

  @Test
  void whatAFaceShowedIsForgottenWhenAnotherPictureTakesItsPlace() {
    TrackEvidence evidence = new TrackEvidence(PresentationSettings.defaults());
    FacePatch patch = patch();
    long atUs = 1_000_000;
    for (int i = 0; i < 2 * FRAMES_PER_SECOND; i++) {
      evidence.seen(bent(patch, 4 * Math.sin(i)), atUs += 1_000_000L / FRAMES_PER_SECOND);
    }
    assertThat(evidence.relief()).as("a sheet that is bent is no plane").isEqualTo(1);
    evidence.seen(upsideDown(patch), atUs + 1_000_000L / FRAMES_PER_SECOND);
    assertThat(evidence.relief()).isZero();
  }

  @Test
  void whatAFaceShowedIsForgottenAfterAGap() {
    TrackEvidence evidence = new TrackEvidence(PresentationSettings.defaults());
    FacePatch patch = patch();
    for (int i = 0; i < 2 * FRAMES_PER_SECOND; i++) {
      evidence.seen(bent(patch, 4 * Math.sin(i)), 1_000_000L * i / FRAMES_PER_SECOND);
    }
    assertThat(evidence.relief()).isEqualTo(1);
    evidence.seen(bent(patch, 1), 60_000_000);
    assertThat(evidence.relief()).isZero();
  }

  private static FacePatch patch() {
    return FacePatch.of(still, face).orElseThrow();
  }

  /** Each row shifted by up to so many pixels, in waves from forehead to chin. */
  private static FacePatch bent(FacePatch patch, double px) {
    int side = FacePatch.SIDE_PX;
    byte[] grey = new byte[side * side];
    for (int y = 0; y < side; y++) {
      double shift = px * Math.sin(2 * Math.PI * y / 48);
      int whole = (int) Math.floor(shift);
      double part = shift - whole;
      for (int x = 0; x < side; x++) {
        double a = patch.grey()[y * side + Math.floorMod(x + whole, side)] & 0xFF;
        double b = patch.grey()[y * side + Math.floorMod(x + whole + 1, side)] & 0xFF;
        grey[y * side + x] = (byte) Math.round((1 - part) * a + part * b);
      }
    }
    return made(grey, patch.eyeDistancePx());
  }

  private static FacePatch upsideDown(FacePatch patch) {
    byte[] grey = new byte[patch.grey().length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = patch.grey()[grey.length - 1 - i];
    }
    return made(grey, patch.eyeDistancePx());
  }

  private static FacePatch made(byte[] grey, float eyeDistancePx) {
    byte[] unlit = new byte[grey.length];
    try (BytePointer bytes = new BytePointer(grey);
        Mat mat = new Mat(FacePatch.SIDE_PX, FacePatch.SIDE_PX, CV_8UC1, bytes);
        Mat even = Light.removed(mat)) {
      even.data().get(unlit);
    }
    return new FacePatch(grey, unlit, eyeDistancePx);
  }

  private static void show(FlatPicture photograph, int frame, TrackEvidence evidence) {
    FlatPicture.Shown shown = photograph.at((double) frame / FRAMES_PER_SECOND);
    try (Picture picture = shown.picture()) {
      FacePatch patch = FacePatch.of(picture, shown.face()).orElseThrow();
      evidence.seen(patch, 1_000_000L + frame * 1_000_000L / FRAMES_PER_SECOND);
    }
  }
}
