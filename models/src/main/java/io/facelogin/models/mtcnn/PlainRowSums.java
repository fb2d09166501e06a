package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Pixels.Window;

/** A value after the other. */
final class PlainRowSums implements RowSums {

  @Override
  public void sum(Window window, Sampling down, int y, int length, float[] into) {
    sum(window, down, y, 0, length, into);
  }

  /**
   * @param from the first value that is summed up
   */
  static void sum(Window window, Sampling down, int y, int from, int length, float[] into) {
    int rows = down.count(y);
    for (int i = from; i < length; i++) {
      float total = 0;
      int at = window.offset + i;
      for (int k = 0; k < rows; k++, at += window.rowBytes) {
        total += down.weight(y, k) * (window.bytes[at] & 0xff);
      }
      into[i] = total;
    }
  }
}
