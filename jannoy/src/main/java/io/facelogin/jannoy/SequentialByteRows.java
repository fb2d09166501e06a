package io.facelogin.jannoy;

/** Plain loops. */
final class SequentialByteRows implements ByteRows {

  static final SequentialByteRows INSTANCE = new SequentialByteRows();

  private SequentialByteRows() {}

  @Override
  public int place(int row) {
    return row;
  }

  @Override
  public long above(
      byte[] codes,
      int offset,
      short[] probe,
      float[] scales,
      float[] slacks,
      int at,
      float factor,
      float bar) {
    int[] sums = new int[GROUP];
    for (int i = 0; i < probe.length; i++) {
      int line = offset + i * GROUP;
      int number = probe[i];
      for (int row = 0; row < GROUP; row++) {
        sums[row] += number * codes[line + row];
      }
    }
    long found = 0;
    for (int row = 0; row < GROUP; row++) {
      if (sums[row] * scales[at + row] + slacks[at + row] * factor > bar) {
        found |= 1L << row;
      }
    }
    return found;
  }
}
