package io.facelogin.models.mtcnn;

/**
 * Cuts candidates out of a picture and brings them to the side that R-Net or O-Net takes: black
 * outside of the picture, in float, so that nothing is rounded in between. One thread.
 */
final class CropCutter {

  private final int side;
  private final Sampling across = new Sampling();
  private final Sampling down = new Sampling();
  private final AreaScaler scaler = new AreaScaler();

  /**
   * @param side of the result in pixels
   */
  CropCutter(int side) {
    this.side = side;
  }

  /**
   * @param box whole pixels, 1-based, both ends counted
   * @param into gets side x side x 3 values BGR, 0 to 255, from {@code offset} on
   */
  void cut(Pixels picture, Candidate box, float[] into, int offset) {
    int width = (int) box.width() + 1;
    int height = (int) box.height() + 1;
    // OpenCV enlarges both ways where one needs it.
    boolean enlarge = width < side || height < side;
    across.set((int) box.x1() - 1, width, side, picture.widthPx(), enlarge);
    down.set((int) box.y1() - 1, height, side, picture.heightPx(), enlarge);
    for (int y = 0; y < side; y++) {
      scaler.row(picture, across, down, y, side, into, offset + y * side * Pixels.CHANNELS);
    }
  }
}
