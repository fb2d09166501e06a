package io.facelogin.models.mtcnn;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.facelogin.models.picture.Picture;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Cuts candidates out of a picture and brings them to the side that R-Net or O-Net takes: black
 * outside of the picture, INTER_AREA in float, so that nothing is rounded in between.
 */
final class CropCutter {

  private CropCutter() {}

  /**
   * @param box whole pixels, 1-based, both ends counted
   * @param into gets side x side x 3 values BGR, 0 to 255, from {@code offset} on
   */
  static void cut(Picture picture, Candidate box, int side, float[] into, int offset) {
    int width = (int) box.width() + 1;
    int height = (int) box.height() + 1;
    int left = (int) box.x1() - 1;
    int top = (int) box.y1() - 1;
    int x1 = Math.max(0, left);
    int y1 = Math.max(0, top);
    int x2 = Math.min(picture.widthPx(), left + width);
    int y2 = Math.min(picture.heightPx(), top + height);
    if (x1 >= x2 || y1 >= y2) {
      Arrays.fill(into, offset, offset + side * side * 3, 0);
      return;
    }
    try (var inside = new Rect(x1, y1, x2 - x1, y2 - y1);
        var pixels = new Mat(picture.bgr(), inside);
        var floats = new Mat();
        var size = new Size(side, side);
        var crop = new Mat()) {
      if (x2 - x1 == width && y2 - y1 == height) {
        pixels.convertTo(floats, CV_32F);
        resize(floats, crop, size, 0, 0, INTER_AREA);
      } else {
        try (var black = new Scalar(0, 0, 0, 0);
            var padded = new Mat(height, width, CV_32FC3, black);
            var place = new Rect(x1 - left, y1 - top, x2 - x1, y2 - y1);
            var target = new Mat(padded, place)) {
          pixels.convertTo(target, CV_32F);
          resize(padded, crop, size, 0, 0, INTER_AREA);
        }
      }
      try (var data = new FloatPointer(crop.data())) {
        data.get(into, offset, side * side * 3);
      }
    }
  }
}
