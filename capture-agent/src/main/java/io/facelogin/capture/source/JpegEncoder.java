package io.facelogin.capture.source;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.facelogin.contract.kafka.Topics;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes JPEGs that a broker takes: quality goes down first, then size, until the bytes are few
 * enough. Any number of threads may share one.
 */
public final class JpegEncoder {

  private static final int[] LOWER_QUALITIES = {75, 60, 45};

  private final int quality;
  private final int maxBytes;

  /**
   * @param quality 1 to 100, tried first
   */
  public JpegEncoder(int quality) {
    this(quality, Topics.MAX_JPEG_BYTES);
  }

  JpegEncoder(int quality, int maxBytes) {
    this.quality = quality;
    this.maxBytes = maxBytes;
  }

  /** The matrix is 8 bits BGR and stays the caller's. */
  public JpegPicture encode(Mat bgr) {
    byte[] bytes = encode(bgr, quality);
    for (int i = 0; bytes.length > maxBytes && i < LOWER_QUALITIES.length; i++) {
      if (LOWER_QUALITIES[i] < quality) {
        bytes = encode(bgr, LOWER_QUALITIES[i]);
      }
    }
    if (bytes.length <= maxBytes) {
      return new JpegPicture(bytes, bgr.cols(), bgr.rows());
    }
    try (Mat smaller = new Mat();
        Size size = new Size(Math.max(1, bgr.cols() * 2 / 3), Math.max(1, bgr.rows() * 2 / 3))) {
      opencv_imgproc.resize(bgr, smaller, size, 0, 0, opencv_imgproc.INTER_AREA);
      return encode(smaller);
    }
  }

  int maxBytes() {
    return maxBytes;
  }

  private static byte[] encode(Mat bgr, int quality) {
    try (BytePointer buffer = new BytePointer();
        IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      if (!imencode(".jpg", bgr, buffer, parameters)) {
        throw new IllegalStateException(
            "OpenCV makes no JPEG of a picture of " + bgr.cols() + "x" + bgr.rows() + " px");
      }
      byte[] bytes = new byte[(int) buffer.limit()];
      buffer.get(bytes);
      return bytes;
    }
  }
}
