package io.facelogin.matcher.index;

import java.util.Random;

/** Probes at a given cosine to a template, in a random direction from it. */
final class SyntheticMates {

  /** Reads a template's vector. */
  interface Vectors {
    void copy(int number, float[] into);
  }

  private SyntheticMates() {}

  static float[] like(Vectors vectors, int number, int dimension, double cosine, Random random) {
    float[] template = new float[dimension];
    vectors.copy(number, template);
    double[] across = new double[dimension];
    double along = 0;
    double own = 0;
    for (int i = 0; i < dimension; i++) {
      across[i] = random.nextGaussian();
      along += across[i] * template[i];
      own += (double) template[i] * template[i];
    }
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      across[i] -= along / own * template[i];
      squares += across[i] * across[i];
    }
    double byLength = Math.sqrt((1 - cosine * cosine) / Math.max(squares, 1e-30));
    float[] probe = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      probe[i] = (float) (cosine * template[i] / Math.sqrt(own) + byLength * across[i]);
    }
    return probe;
  }
}
