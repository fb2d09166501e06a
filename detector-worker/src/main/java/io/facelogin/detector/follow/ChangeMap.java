package io.facelogin.detector.follow;

import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Glimpse;
import java.util.Arrays;

/**
 * What a camera's picture was like where and when it was last looked at, and so what changed since.
 * One thread.
 *
 * <p>Grey values are compared after the exposure was allowed for: the change that most of the dark
 * and most of the bright pixels went through together is the camera's, not the scene's. The
 * threshold grows with the noise of the picture, and a pixel counts only along with a neighbour.
 * Half a millisecond at most: a glimpse has no more than 240 x 240 pixels.
 */
final class ChangeMap {

  /** Grey values; the rounding of a JPEG's block means and slow shadows stay below. */
  private static final float LEAST_CHANGE = 8;

  /** In standard deviations of the noise. */
  private static final float NOISE_FACTOR = 6;

  /** What differs more than this is another scene, not noise. */
  private static final float MOST_CHANGE = 40;

  private final int columns;
  private final int rows;
  private final float scale;
  private final byte[] known;
  private final boolean[] strong;
  private final boolean[] changed;
  private int changedPixels;

  /** All of the picture was looked at. */
  ChangeMap(Glimpse glimpse) {
    columns = glimpse.columns();
    rows = glimpse.rows();
    scale = glimpse.scale();
    known = glimpse.grey().clone();
    strong = new boolean[known.length];
    changed = new boolean[known.length];
  }

  boolean fits(Glimpse glimpse) {
    return glimpse.columns() == columns
        && glimpse.rows() == rows
        && Math.abs(glimpse.scale() - scale) < 1e-3;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** Pixels of the picture to one of this map. */
  float scale() {
    return scale;
  }

  boolean isChanged(int column, int row) {
    return changed[row * columns + column];
  }

  /** 0 to 1. */
  float changedShare() {
    return (float) changedPixels / changed.length;
  }

  /** Finds what changed; the glimpse must fit. */
  void compare(Glimpse now) {
    byte[] grey = now.grey();
    Exposure exposure = Exposure.between(known, grey);
    float threshold =
        Math.min(MOST_CHANGE, Math.max(LEAST_CHANGE, NOISE_FACTOR * exposure.noise()));
    for (int i = 0; i < grey.length; i++) {
      int before = known[i] & 0xff;
      strong[i] = Math.abs((grey[i] & 0xff) - exposure.expected(before)) > threshold;
    }
    changedPixels = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int i = row * columns + column;
        changed[i] =
            strong[i]
                && ((column > 0 && strong[i - 1])
                    || (column + 1 < columns && strong[i + 1])
                    || (row > 0 && strong[i - columns])
                    || (row + 1 < rows && strong[i + columns]));
        changedPixels += changed[i] ? 1 : 0;
      }
    }
  }

  /** Whether nothing changed within a box of the picture. */
  boolean isStill(Box boxPx) {
    int bottom = Math.min(rows - 1, cell(boxPx.y2()));
    int right = Math.min(columns - 1, cell(boxPx.x2()));
    for (int row = Math.max(0, cell(boxPx.y1())); row <= bottom; row++) {
      for (int column = Math.max(0, cell(boxPx.x1())); column <= right; column++) {
        if (changed[row * columns + column]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Nothing within this box of the picture counts as changed in this frame. */
  void disregard(Box boxPx) {
    eachRow(boxPx, (from, to) -> Arrays.fill(changed, from, to, false));
  }

  /** All of the picture has been looked at. */
  void lookedAt(Glimpse now) {
    System.arraycopy(now.grey(), 0, known, 0, known.length);
  }

  /** A part of the picture has been looked at. */
  void lookedAt(Glimpse now, Box boxPx) {
    eachRow(boxPx, (from, to) -> System.arraycopy(now.grey(), from, known, from, to - from));
  }

  private interface Span {
    void of(int from, int to);
  }

  private void eachRow(Box boxPx, Span span) {
    int left = Math.max(0, cell(boxPx.x1()));
    int right = Math.min(columns, cell(boxPx.x2()) + 1);
    int bottom = Math.min(rows, cell(boxPx.y2()) + 1);
    for (int row = Math.max(0, cell(boxPx.y1())); row < bottom && left < right; row++) {
      span.of(row * columns + left, row * columns + right);
    }
  }

  private int cell(float px) {
    return (int) Math.floor(px / scale);
  }
}
