package io.facelogin.models.mtcnn;

import java.util.ArrayList;
import java.util.List;

/** The sizes at which a picture is shown to P-Net, which finds faces of 12 px. */
final class Pyramid {

  /** Side of the field that P-Net sees. */
  static final int CELL_PX = 12;

  /** From level to level: about half the area. */
  static final double FACTOR = 0.709;

  /**
   * @param scale size of this level over that of the picture
   */
  record Level(double scale, int widthPx, int heightPx) {}

  private Pyramid() {}

  /** Largest level first; none for a picture smaller than the smallest face. */
  static List<Level> levels(int widthPx, int heightPx, int minFacePx) {
    double first = (double) CELL_PX / minFacePx;
    List<Level> levels = new ArrayList<>();
    double shorterSide = Math.min(widthPx, heightPx) * first;
    for (int k = 0; shorterSide >= CELL_PX; k++, shorterSide *= FACTOR) {
      double scale = first * Math.pow(FACTOR, k);
      levels.add(
          new Level(scale, (int) Math.ceil(widthPx * scale), (int) Math.ceil(heightPx * scale)));
    }
    return levels;
  }
}
