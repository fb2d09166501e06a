package io.facelogin.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class JpegTest {

  @Test
  void thePictureThatIsTooLargeLosesQualityAndThenSizeUntilItFits() {
    try (Mat noise = noise(800, 600)) {
      JpegPicture whole = new JpegEncoder(90).encode(noise);
      JpegPicture poorer = new JpegEncoder(90, whole.bytes().length * 2 / 3).encode(noise);
      JpegPicture smaller = new JpegEncoder(90, 60_000).encode(noise);

      assertThat(whole.widthPx()).isEqualTo(800);
      assertThat(poorer.widthPx()).isEqualTo(800);
      assertThat(poorer.bytes()).hasSizeLessThan(whole.bytes().length * 2 / 3);
      assertThat(smaller.widthPx()).isLessThan(800);
      assertThat(smaller.heightPx() * 4.0 / smaller.widthPx()).isBetween(2.9, 3.1);
      assertThat(smaller.bytes()).hasSizeLessThanOrEqualTo(60_000);
    }
  }

  @Test
  void theHeaderTellsTheSizeAndWhetherThePictureIsWhole() {
    try (Mat noise = noise(320, 200)) {
      byte[] bytes = new JpegEncoder(80).encode(noise).bytes();

      assertThat(JpegHeader.read(bytes)).isEqualTo(new JpegHeader(320, 200, true));
      assertThat(JpegHeader.read(Arrays.copyOf(bytes, bytes.length + 5)))
          .isEqualTo(new JpegHeader(320, 200, true));
      assertThat(JpegHeader.read(Arrays.copyOf(bytes, bytes.length / 2)))
          .isEqualTo(new JpegHeader(320, 200, false));
      assertThat(JpegHeader.read(Arrays.copyOf(bytes, 30))).isNull();
      assertThat(
              JpegHeader.read(
                  "no picture at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isNull();
    }
  }

  private static Mat noise(int width, int height) {
    Mat mat = new Mat(height, width, CV_8UC3);
    byte[] bytes = new byte[width * height * 3];
    new Random(3).nextBytes(bytes);
    mat.data().put(bytes);
    return mat;
  }
}
