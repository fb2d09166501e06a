package io.facelogin.models;

import io.facelogin.contract.ModelId;

/**
 * A face as a unit vector in the space of one model.
 *
 * @param vector of length 1; shared, not copied: nobody writes to it
 * @param rawLength what the network's output was scaled down from; short where it saw little that
 *     tells people apart, see {@link Encoder#recognisability}. 1 where nobody knows it
 */
public record Embedding(ModelId model, float[] vector, float rawLength) {

  /** Of a vector that came without its raw length. */
  public Embedding(ModelId model, float[] vector) {
    this(model, vector, 1);
  }

  /**
   * Scales to unit length. @throws IllegalArgumentException if the vector has no direction (zero,
   * NaN, infinite)
   */
  public static Embedding normalised(ModelId model, float[] raw) {
    double sum = 0;
    for (float v : raw) {
      sum += (double) v * v;
    }
    double norm = Math.sqrt(sum);
    if (!(norm > 1e-12) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException(
          "An embedding of " + model + " has no direction: norm " + norm);
    }
    float[] unit = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      unit[i] = (float) (raw[i] / norm);
    }
    return new Embedding(model, unit, (float) norm);
  }

  /**
   * @throws IllegalArgumentException if the other vector comes from another model: such numbers
   *     mean nothing
   */
  public float cosineSimilarity(Embedding other) {
    if (!model.equals(other.model)) {
      throw new IllegalArgumentException(
          "Cannot compare an embedding of " + model + " with one of " + other.model);
    }
    float dot = 0;
    for (int i = 0; i < vector.length; i++) {
      dot += vector[i] * other.vector[i];
    }
    return dot;
  }
}
