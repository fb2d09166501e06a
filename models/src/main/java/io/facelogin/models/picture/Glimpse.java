package io.facelogin.models.picture;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture as if seen from afar: grey and small, enough to tell what changed, and made without
 * decoding it whole: of a JPEG, the means of its 8 x 8 blocks are there almost for nothing.
 *
 * @param widthPx of the upright picture that it was made of
 * @param heightPx likewise
 * @param grey row by row, one byte a pixel; shared, not copied: nobody writes to it
 */
public record Glimpse(int widthPx, int heightPx, int columns, int rows, byte[] grey) {

  /** Of its longer side; larger ones are reduced further, so that a glimpse has a bounded size. */
  public static final int MAX_SIDE = 240;

  public Glimpse {
    if (grey.length != columns * rows) {
      throw new IllegalArgumentException(
          grey.length + " bytes are no grey picture of " + columns + " x " + rows + " px");
    }
  }

  /** Pixels of the picture to one of this. */
  public float scale() {
    return (float) widthPx / columns;
  }

  /** Of a picture that is decoded already. */
  public static Glimpse of(Picture picture) {
    int columns = Math.max(1, (picture.widthPx() + 7) / 8);
    int rows = Math.max(1, (picture.heightPx() + 7) / 8);
    try (var small = new Mat();
        var grey = new Mat();
        var size = new Size(columns, rows)) {
      resize(picture.bgr(), small, size, 0, 0, INTER_AREA);
      cvtColor(small, grey, COLOR_BGR2GRAY);
      return of(grey, picture.widthPx(), picture.heightPx());
    }
  }

  /**
   * @param reduced grey, at about an eighth
   */
  static Glimpse of(Mat reduced, int widthPx, int heightPx) {
    double shrink = Math.max(1, (double) Math.max(reduced.cols(), reduced.rows()) / MAX_SIDE);
    int columns = (int) Math.max(1, Math.round(reduced.cols() / shrink));
    int rows = (int) Math.max(1, Math.round(reduced.rows() / shrink));
    byte[] grey = new byte[columns * rows];
    try (var small = new Mat();
        var size = new Size(columns, rows)) {
      resize(reduced, small, size, 0, 0, INTER_AREA);
      small.data().get(grey);
    }
    return new Glimpse(widthPx, heightPx, columns, rows, grey);
  }
}
