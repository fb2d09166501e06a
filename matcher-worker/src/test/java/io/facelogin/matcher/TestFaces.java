package io.facelogin.matcher;

import io.facelogin.contract.v1.Quality;
import io.facelogin.contract.v1.Reason;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.ManifestYaml;
import io.facelogin.models.manifest.UnusableManifestException;
import java.util.Random;

/**
 * Vectors that behave like faces: different people are nearly orthogonal, frames of one are not.
 */
public final class TestFaces {

  public static final int DIMENSION = 192;
  public static final String MODEL = "test-net";

  private TestFaces() {}

  /** Thresholds at 1e-3, 1e-4, 1e-5 as those of the default encoder. */
  public static Manifest manifest() {
    String yaml =
        """
        id: test-net
        kind: encoder
        architecture: mobilefacenet
        files: [{name: none.safetensors, format: safetensors, bytes: 1, sha256: %s}]
        input: {side-px: 112, channels: rgb, normalisation: {kind: fixed, mean: 127.5, scale: 128}}
        alignment: arcface-112
        dimension: 192
        licence: none
        needs-acceptance: false
        training-data: none
        origin: a test
        measured:
          how: not at all
          impostor-similarity:
            - {fmr: 1.0e-3, threshold: 0.451}
            - {fmr: 1.0e-4, threshold: 0.532}
            - {fmr: 1.0e-5, threshold: 0.599}
        """
            .formatted("a".repeat(64));
    try {
      return ManifestYaml.read("test", yaml);
    } catch (UnusableManifestException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The face of a person, in general. */
  public static float[] person(int number) {
    return unit(gaussian(new Random(number * 7919L + 1)));
  }

  /** A picture of somebody: a unit vector with this cosine to the face in general. */
  public static float[] like(float[] face, double cosine, long seed) {
    float[] noise = gaussian(new Random(seed * 104_729L + 5));
    double along = dot(noise, face);
    for (int i = 0; i < DIMENSION; i++) {
      noise[i] -= (float) (along * face[i]);
    }
    float[] across = unit(noise);
    float[] result = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      result[i] = (float) (cosine * face[i] + Math.sqrt(1 - cosine * cosine) * across[i]);
    }
    return unit(result);
  }

  public static Quality good() {
    return Quality.newBuilder().setOverall(0.9f).build();
  }

  public static Quality poor(Reason reason) {
    return Quality.newBuilder().setOverall(0.2f).addReasons(reason).build();
  }

  public static float dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) sum;
  }

  private static float[] gaussian(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[] unit(float[] vector) {
    double norm = Math.sqrt(dot(vector, vector));
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / norm);
    }
    return unit;
  }
}
