package io.facelogin.models.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityJudgeTest {

  private final QualityJudge judge = new QualityJudge(QualityThresholds.defaults());

  @Test
  void defaultsStayAsTheyAre() {
    assertThat(QualityThresholds.defaults())
        .isEqualTo(new QualityThresholds(16, 30, 225, 0.25f, 12, 50, 40, 0.2f));
  }

  @Test
  void largeSharpFrontalFaceIsGood() {
    FaceQuality quality = judge.judge(640, 480, face(60, 0, 300, 200), textured(120, 60));
    assertThat(quality.reasons()).isEmpty();
    assertThat(quality.overall()).isGreaterThan(0.9f);
  }

  @Test
  void eachFaultIsNamed() {
    assertThat(judge.judge(640, 480, face(12, 0, 300, 200), textured(120, 60)).reasons())
        .containsExactly(Reason.TOO_SMALL);
    assertThat(judge.judge(640, 480, face(60, 0, 300, 200), textured(15, 12)).reasons())
        .containsExactly(Reason.TOO_DARK);
    assertThat(judge.judge(640, 480, face(60, 0, 300, 200), textured(240, 12)).reasons())
        .containsExactly(Reason.TOO_BRIGHT);
    assertThat(judge.judge(640, 480, face(60, 0, 300, 200), textured(120, 0.2)).reasons())
        .containsExactly(Reason.BLURRED);
    assertThat(judge.judge(640, 480, face(60, 45, 300, 200), textured(120, 60)).reasons())
        .containsExactly(Reason.TURNED_AWAY);
    assertThat(judge.judge(640, 480, face(60, 0, 20, 200), textured(120, 60)).reasons())
        .containsExactly(Reason.CUT_OFF);
  }

  @Test
  void lightBesideTheFaceDoesNotCount() {
    AlignedFace window = textured(15, 12);
    for (int pixel = 0; pixel < 112 * 112; pixel++) {
      if (pixel % 112 < 16 || pixel % 112 >= 96) {
        Arrays.fill(window.rgb(), 3 * pixel, 3 * pixel + 3, (byte) 255);
      }
    }
    assertThat(judge.judge(640, 480, face(60, 0, 300, 200), window).reasons())
        .containsExactly(Reason.TOO_DARK);
  }

  @Test
  void smallFaceMayBeSofterThanALargeOne() {
    AlignedFace soft = textured(120, 0.6);
    float sharpness = judge.judge(640, 480, face(60, 0, 300, 200), soft).sharpness();
    assertThat(sharpness).isBetween(7.5f, 11.5f);
    assertThat(judge.judge(640, 480, face(20, 0, 300, 200), soft).reasons()).isEmpty();
    assertThat(judge.judge(640, 480, face(36, 0, 300, 200), soft).reasons())
        .containsExactly(Reason.BLURRED);
  }

  @Test
  void whatTheNetworkSawWeighsIntoTheQualityAndNotIntoTheReasons() {
    FaceQuality seen = judge.judge(640, 480, face(60, 0, 300, 200), textured(120, 60));
    FaceQuality weighed = seen.weighedBy(0.5f);
    assertThat(weighed.overall()).isCloseTo(seen.overall() / 2, offset(1e-6f));
    assertThat(weighed.isGood()).isTrue();
  }

  @Test
  void poorFaceWeighsLittle() {
    assertThat(judge.judge(640, 480, face(60, 0, 20, 200), textured(120, 60)).overall())
        .isLessThanOrEqualTo(0.3f);
  }

  @Test
  void poseSignsFollowThePicture() {
    assertThat(HeadPose.of(face(60, 20, 300, 200).landmarksPx()).yawDegrees()).isPositive();
    Landmarks frontal = face(60, 0, 300, 200).landmarksPx();
    assertThat(HeadPose.of(frontal).yawDegrees()).isCloseTo(0, offset(0.5f));
    assertThat(HeadPose.of(frontal).rollDegrees()).isCloseTo(0, offset(0.01f));
    Landmarks noseUp =
        new Landmarks(
            frontal.leftEye(),
            frontal.rightEye(),
            new Point(frontal.nose().x(), frontal.nose().y() - 12),
            frontal.leftMouth(),
            frontal.rightMouth());
    assertThat(HeadPose.of(noseUp).pitchDegrees()).isGreaterThan(10);
    Landmarks clockwise =
        new Landmarks(
            new Point(100, 100),
            new Point(150, 150),
            new Point(95, 155),
            new Point(60, 160),
            new Point(105, 205));
    assertThat(HeadPose.of(clockwise).rollDegrees()).isCloseTo(45, offset(0.1f));
  }

  /** A face whose nose is that far to the right, around a centre. */
  private static DetectedFace face(float eyes, float noseAsidePx, float x, float y) {
    Landmarks points =
        new Landmarks(
            new Point(x - eyes / 2, y),
            new Point(x + eyes / 2, y),
            new Point(x + noseAsidePx, y + 0.6f * eyes),
            new Point(x - 0.42f * eyes, y + 1.15f * eyes),
            new Point(x + 0.42f * eyes, y + 1.15f * eyes));
    Box box = new Box(x - eyes, y - eyes, x + eyes, y + 1.8f * eyes);
    return new DetectedFace(box, points, 0.999f);
  }

  private static AlignedFace textured(int mean, double spread) {
    Random random = new Random(7);
    byte[] rgb = new byte[112 * 112 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      byte value = (byte) Math.max(0, Math.min(255, mean + random.nextGaussian() * spread));
      rgb[i] = value;
      rgb[i + 1] = value;
      rgb[i + 2] = value;
    }
    return new AlignedFace(rgb, 112, 112, "arcface-112");
  }
}
