package io.facelogin.models.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Makes a picture of foreign bytes. */
public final class PictureReader {

  private PictureReader() {}

  /**
   * @return the upright picture, which the caller closes
   * @throws UnusablePictureException if the bytes are no picture that we take
   */
  public static Picture read(byte[] bytes) throws UnusablePictureException {
    if (bytes.length == 0) {
      throw new UnusablePictureException("The file is empty");
    }
    try (var pointer = new BytePointer(bytes);
        var encoded = new Mat(1, bytes.length, CV_8UC1, pointer)) {
      Mat bgr = imdecode(encoded, IMREAD_COLOR);
      if (bgr.empty()) {
        bgr.close();
        throw new UnusablePictureException("Not a picture, or a damaged one");
      }
      return new Picture(bgr);
    }
  }
}
