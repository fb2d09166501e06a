package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Pixels.Window;
import java.util.Arrays;

/**
 * Shrinks rectangles of a picture by the mean over areas. OpenCV does the same, but a level of a
 * full-HD frame takes it 5 ms, and a crop its conversion to float; here the {@link RowSums} run
 * straight from bytes. One thread.
 */
final class AreaScaler {

  private final RowSums rowSums = RowSums.fastest();
  private final Window window = new Window();
  private float[] row = new float[0];

  /** Brings the pixels of the samplings to the row {@code y} of their result, as floats. */
  void row(Pixels picture, Sampling across, Sampling down, int y, int side, float[] into, int at) {
    int first = across.firstPixel();
    int columns = across.endPixel() - first;
    if (columns <= 0 || down.count(y) == 0) {
      Arrays.fill(into, at, at + side * Pixels.CHANNELS, 0);
      return;
    }
    picture.open(first, down.start(y), columns, down.count(y), window);
    sumRows(down, y, columns * Pixels.CHANNELS);
    int target = at;
    for (int x = 0; x < side; x++, target += Pixels.CHANNELS) {
      float blue = 0;
      float green = 0;
      float red = 0;
      int source = (across.start(x) - first) * Pixels.CHANNELS;
      int count = across.count(x);
      for (int k = 0; k < count; k++, source += Pixels.CHANNELS) {
        float weight = across.weight(x, k);
        blue += weight * row[source];
        green += weight * row[source + 1];
        red += weight * row[source + 2];
      }
      into[target] = blue;
      into[target + 1] = green;
      into[target + 2] = red;
    }
  }

  private void sumRows(Sampling down, int y, int length) {
    if (row.length < length) {
      row = new float[length];
    }
    rowSums.sum(window, down, y, length, row);
  }
}
