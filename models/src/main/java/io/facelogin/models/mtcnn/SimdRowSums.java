package io.facelogin.models.mtcnn;

import io.facelogin.models.mtcnn.Pixels.Window;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** As many values at once as the CPU has lanes. */
final class SimdRowSums implements RowSums {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

  static boolean isPossible() {
    return LANES * Byte.SIZE >= 64;
  }

  @Override
  public void sum(Window window, Sampling down, int y, int length, float[] into) {
    int rows = down.count(y);
    float sum = 0;
    for (int k = 0; k < rows; k++) {
      sum += down.weight(y, k);
    }
    // Bytes convert as signed ones; flipping the highest bit makes of each its value less 128.
    FloatVector offset = FloatVector.broadcast(FLOATS, 128 * sum);
    int i = 0;
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
      total.intoArray(into, i);
    }
    PlainRowSums.sum(window, down, y, i, length, into);
  }
}
