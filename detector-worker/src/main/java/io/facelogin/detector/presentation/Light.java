package io.facelogin.detector.presentation;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.divide;
import static org.bytedeco.opencv.global.opencv_core.multiply;
import static org.bytedeco.opencv.global.opencv_core.sqrt;
import static org.bytedeco.opencv.global.opencv_core.subtract;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Frees a grey picture of its light: each place becomes what it differs from its surroundings by,
 * in units of how much things differ there.
 */
final class Light {

  /** Wide enough for a light that falls off over the face, and narrower than the face. */
  private static final int SURROUNDINGS_PX = 25;

  /** Takes off what compression and noise add. */
  private static final double SMOOTHING_PX = 1.2;

  /** Of 255 grey levels: what differs less is noise and stays small. */
  private static final double NOISE = 5;

  private static final double SCALE = 40;

  private Light() {}

  /**
   * @return 8 bits, 128 where nothing differs; the caller closes it
   */
  static Mat removed(Mat grey) {
    Mat result = new Mat();
    try (Mat smooth = new Mat();
        Mat mean = new Mat();
        Mat deviation = new Mat();
        Size any = new Size(0, 0);
        Size around = new Size(SURROUNDINGS_PX, SURROUNDINGS_PX)) {
      grey.convertTo(smooth, CV_32F);
      GaussianBlur(smooth, smooth, any, SMOOTHING_PX, SMOOTHING_PX, BORDER_REPLICATE, 0);
      blur(smooth, mean, around);
      subtract(smooth, mean, smooth);
      multiply(smooth, smooth, deviation);
      blur(deviation, deviation, around);
      sqrt(deviation, deviation);
      deviation.convertTo(deviation, CV_32F, 1, NOISE);
      divide(smooth, deviation, smooth);
      smooth.convertTo(result, CV_8U, SCALE, 128);
    }
    return result;
  }
}
