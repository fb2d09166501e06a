package io.facelogin.models.picture;

import org.bytedeco.opencv.opencv_core.Mat;

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
