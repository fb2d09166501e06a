package io.facelogin.infra.benchmark.index;

import java.util.Random;

/**
 * Unit vectors that behave like embeddings: people are random directions, each with five samples
 * around, two of whose cosine is 0.7 on average. Row i is a sample of person i mod people, so that
 * no two rows of a person lie together. The same seed gives the same rows.
 *
 * @param rows how many, a multiple of five
 */
record FaceLikeVectors(int rows, int dimension, long seed) {

  static final int SAMPLES = 5;

  /** Noise over person, so that two samples of a person have cosine 1 / (1 + 3/7) = 0.7. */
  private static final double NOISE = Math.sqrt(3.0 / 7);

  FaceLikeVectors {
    if (rows < SAMPLES || rows % SAMPLES != 0) {
      throw new IllegalArgumentException(
          "The number of vectors must be a multiple of " + SAMPLES + ", got " + rows);
    }
    if (dimension < 8 || dimension > 4096) {
      throw new IllegalArgumentException("dimension must be 8 to 4096, got " + dimension);
    }
  }

  int people() {
    return rows / SAMPLES;
  }

  int personOf(int row) {
    return row % people();
  }

  /** A new array. */
  float[] row(int row) {
    float[] vector = direction(new Random(seed + 31L * personOf(row)));
    float[] noise = direction(new Random(seed ^ (0x9E3779B97F4A7C15L * (row + 1))));
    for (int i = 0; i < dimension; i++) {
      vector[i] += (float) (NOISE * noise[i]);
    }
    return normalised(vector);
  }

  /** A picture that has exactly this cosine to one row. */
  float[] query(float[] row, double cosine, Random random) {
    float[] noise = direction(random);
    double along = 0;
    for (int i = 0; i < dimension; i++) {
      along += noise[i] * row[i];
    }
    for (int i = 0; i < dimension; i++) {
      noise[i] -= (float) (along * row[i]);
    }
    normalised(noise);
    double across = Math.sqrt(1 - cosine * cosine);
    for (int i = 0; i < dimension; i++) {
      noise[i] = (float) (cosine * row[i] + across * noise[i]);
    }
    return noise;
  }

  private float[] direction(Random random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return normalised(vector);
  }

  private static float[] normalised(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    double norm = Math.sqrt(sum);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) norm;
    }
    return vector;
  }
}
