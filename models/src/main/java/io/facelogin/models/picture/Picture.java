package io.facelogin.models.picture;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A decoded picture: upright, 8 bits, BGR, in native memory. Owned by whoever made it, who closes
 * it; after that its pixels must not be touched. Reading from several threads is fine.
 */
public final class Picture implements AutoCloseable {

  private final Mat bgr;

  /** Takes ownership of the matrix (CV_8UC3). */
  public Picture(Mat bgr) {
    this.bgr = bgr;
  }

  /** Grey all over, to try something out. */
  public static Picture blank(int widthPx, int heightPx) {
    try (Scalar grey = Scalar.all(127)) {
      return new Picture(new Mat(heightPx, widthPx, CV_8UC3, grey));
    }
  }

  public int widthPx() {
    return bgr.cols();
  }

  public int heightPx() {
    return bgr.rows();
  }

  /** The pixels; still owned by this picture. */
  public Mat bgr() {
    return bgr;
  }

  @Override
  public void close() {
    bgr.close();
  }
}
