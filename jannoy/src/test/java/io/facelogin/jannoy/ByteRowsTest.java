package io.facelogin.jannoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ByteRowsTest {

  @Property(tries = 100)
  void simdAndPlainLoopFindTheSameRowsUpToTheLargestCodes(
      @ForAll @IntRange(min = 1, max = 520) int dimension, @ForAll long seed) {
    Random random = new Random(seed);
    int padded = ByteRows.padded(dimension);
    short[] probe = new short[padded];
    int[][] rows = new int[ByteRows.GROUP][padded];
    boolean extreme = random.nextBoolean();
    for (int i = 0; i < dimension; i++) {
      probe[i] =
          (short) (extreme ? ByteRows.LARGEST_PROBE : ByteRows.LARGEST_PROBE - random.nextInt(63));
      for (int[] row : rows) {
        row[i] = extreme ? -ByteRows.LARGEST_CODE : ByteRows.LARGEST_CODE - random.nextInt(255);
      }
    }
    float[] scales = new float[ByteRows.GROUP + 3];
    float[] slacks = new float[ByteRows.GROUP + 3];
    long expected = 0;
    float bar = random.nextInt(2000) - 1000;
    for (int row = 0; row < ByteRows.GROUP; row++) {
      int product = 0;
      for (int i = 0; i < padded; i++) {
        product += rows[row][i] * probe[i];
      }
      scales[row + 3] = 1 + random.nextInt(3);
      slacks[row + 3] = random.nextInt(100);
      expected |= product * scales[row + 3] + slacks[row + 3] * 2f > bar ? 1L << row : 0;
    }
    for (ByteRows arithmetic : new ByteRows[] {ByteRows.sequential(), ByteRows.fastest()}) {
      byte[] codes = new byte[7 + padded * ByteRows.GROUP];
      for (int row = 0; row < ByteRows.GROUP; row++) {
        for (int i = 0; i < padded; i++) {
          codes[7 + i * ByteRows.GROUP + arithmetic.place(row)] = (byte) rows[row][i];
        }
      }
      assertThat(arithmetic.above(codes, 7, probe, scales, slacks, 3, 2f, bar))
          .as("%s", arithmetic)
          .isEqualTo(expected);
    }
  }
}
