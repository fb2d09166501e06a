package io.facelogin.models.mtcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.repeat;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.facelogin.contract.ModelId;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.SharedData;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.picture.UnusablePictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pictures that would cost much, or nothing can be found in, have a clear and bounded outcome. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardPicturesIT {

  private MtcnnDetector detector;

  @BeforeAll
  void open() {
    detector = new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn"));
  }

  @AfterAll
  void close() {
    detector.close();
  }

  @Test
  void ofAFrameOfNoiseOnlyTheBestCandidatesAreJudgedAndTheOthersCounted() {
    byte[] noise = new byte[960 * 540 * 3];
    new Random(3).nextBytes(noise);
    Mat pixels = new Mat();
    try (var size = new Size(1920, 1080);
        var grains = new Mat(540, 960, CV_8UC3)) {
      grains.data().put(noise);
      resize(grains, pixels, size, 0, 0, INTER_LINEAR);
    }
    try (Picture picture = new Picture(pixels)) {
      long before = detector.candidatesLeftOut();
      assertThat(detector.detect(List.of(picture), 12).get(0)).hasSizeLessThan(5);
      assertThat(detector.candidatesLeftOut() - before).isGreaterThan(1000);
    }
  }

  @Test
  void findsACrowdOfTwoHundredFaces() {
    try (Picture one = SharedData.picture("expected/images/single-astronaut.png")) {
      Box face = detector.detect(List.of(one), 40).get(0).get(0).boxPx();
      int side = (int) (1.8 * face.height());
      int left = (int) ((face.x1() + face.x2() - side) / 2);
      int top = Math.max(0, (int) ((face.y1() + face.y2() - side) / 2));
      Mat crowd = new Mat();
      try (var place = new Rect(left, top, side, side);
          var head = new Mat(one.bgr(), place);
          var size = new Size(90, 90);
          var small = new Mat()) {
        resize(head, small, size, 0, 0, INTER_AREA);
        repeat(small, 10, 20, crowd);
      }
      try (Picture picture = new Picture(crowd)) {
        assertThat(detector.detect(List.of(picture), 30).get(0)).hasSizeBetween(195, 205);
      }
    }
  }

  @Test
  void findsTheFaceOfAPhotographOfAHundredMegapixels() {
    try (Picture one = SharedData.picture("expected/images/single-astronaut.png")) {
      Mat huge = new Mat();
      try (var size = new Size(10_000, 10_000)) {
        resize(one.bgr(), huge, size, 0, 0, INTER_LINEAR);
      }
      try (Picture picture = new Picture(huge)) {
        List<DetectedFace> found = detector.detect(List.of(picture), 400).get(0);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).boxPx().width()).isGreaterThan(1000);
      }
    }
  }

  @Test
  void aFaceLargerThanTheFrameIsNoFault() {
    try (Picture one = SharedData.picture("expected/images/single-astronaut.png")) {
      Box face = detector.detect(List.of(one), 40).get(0).get(0).boxPx();
      int width = (int) face.width() / 2;
      int height = (int) face.height() / 2;
      Mat middle = new Mat();
      try (var place =
              new Rect((int) face.x1() + width / 2, (int) face.y1() + height / 2, width, height);
          var part = new Mat(one.bgr(), place)) {
        part.copyTo(middle);
      }
      try (Picture picture = new Picture(middle)) {
        assertThat(detector.detect(List.of(picture), 20).get(0)).hasSizeLessThan(2);
      }
    }
  }

  @Test
  void everyTruncatedJpegIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(SharedData.path("expected/images/two-people.jpg"));
    for (int tenth = 0; tenth < 10; tenth++) {
      byte[] cut = Arrays.copyOf(whole, whole.length * tenth / 10);
      assertThatThrownBy(() -> PictureReader.read(cut))
          .isInstanceOf(UnusablePictureException.class);
    }
  }
}
