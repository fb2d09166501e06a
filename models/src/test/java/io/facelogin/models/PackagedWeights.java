package io.facelogin.models;

import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import io.facelogin.models.weights.Weights;
import java.nio.file.Path;

/** The weights that this module brings along. */
public final class PackagedWeights {

  private PackagedWeights() {}

  public static Weights of(String name) {
    try {
      return new ModelStore(Path.of("target/no-models")).weights(name);
    } catch (UnusableManifestException | UnusableWeightsException e) {
      throw new AssertionError(name, e);
    }
  }
}
