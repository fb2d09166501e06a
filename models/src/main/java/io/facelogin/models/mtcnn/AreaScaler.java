package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Pixels.Window;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shrinks rectangles of a picture by the mean over areas. OpenCV does the same, but a level of a
 * full-HD frame takes it 5 ms, and a crop its conversion to float; here the sum over rows runs in
 * SIMD, straight from bytes. One thread.
 */
final class AreaScaler {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Below eight floats at a time there is no species for as many bytes. */
  private static final boolean SIMD = LANES >= 8;

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SIMD ? LANES * Byte.SIZE : 64));

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
    int rows = down.count(y);
    float sum = 0;
    for (int k = 0; k < rows; k++) {
      sum += down.weight(y, k);
    }
    int i = 0;
    if (SIMD) {
      // Bytes convert as signed ones; flipping the highest bit makes of each its value less 128.
      FloatVector offset = FloatVector.broadcast(FLOATS, 128 * sum);
      for (int end = length - LANES; i <= end; i += LANES) {
        FloatVector total = offset;
        int at = window.offset + i;
        for (int k = 0; k < rows; k++, at += window.rowBytes) {
          FloatVector values =
              (FloatVector)
                  ByteVector.fromArray(BYTES, window.bytes, at)
                      .lanewise(VectorOperators.XOR, (byte) 0x80)
                      .convertShape(VectorOperators.B2F, FLOATS, 0);
          total = values.fma(FloatVector.broadcast(FLOATS, down.weight(y, k)), total);
        }
        total.intoArray(row, i);
      }
    }
    for (; i < length; i++) {
      float total = 0;
      int at = window.offset + i;
      for (int k = 0; k < rows; k++, at += window.rowBytes) {
        total += down.weight(y, k) * (window.bytes[at] & 0xff);
      }
      row[i] = total;
    }
  }
}
