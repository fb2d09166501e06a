package io.facelogin.models.edgeface;

import io.facelogin.models.network.Kernel;

/**
 * Where each place of a picture is, as sines and cosines of its row and column at 16 wavelengths
 * each, projected to the channels (the Fourier encoding of XCiT).
 */
final class PlaceEncoding {

  private static final int PER_AXIS = 32;
  private static final double LONGEST = 10_000;

  /** Keeps the division by the number of rows from being one by zero where it was trained. */
  private static final double EPSILON = 1e-6;

  private PlaceEncoding() {}

  /**
   * @param projection from 64 numbers, rows before columns, to the channels
   * @return [row, column, channel]
   */
  static float[] of(int side, EdgeFaceWeights.Linear projection) {
    Kernel kernel = projection.kernel();
    float[] encoded = new float[side * side * kernel.out()];
    double[] place = new double[2 * PER_AXIS];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        axis(row, side, place, 0);
        axis(column, side, place, PER_AXIS);
        for (int out = 0; out < kernel.out(); out++) {
          double sum = projection.bias()[out];
          for (int i = 0; i < place.length; i++) {
            sum += place[i] * kernel.at(0, 0, i, out);
          }
          encoded[(row * side + column) * kernel.out() + out] = (float) sum;
        }
      }
    }
    return encoded;
  }

  private static void axis(int position, int side, double[] place, int start) {
    double angle = (position + 1) / (side + EPSILON) * 2 * Math.PI;
    for (int i = 0; i < PER_AXIS; i += 2) {
      double slowed = angle / Math.pow(LONGEST, (double) i / PER_AXIS);
      place[start + i] = Math.sin(slowed);
      place[start + i + 1] = Math.cos(slowed);
    }
  }
}
