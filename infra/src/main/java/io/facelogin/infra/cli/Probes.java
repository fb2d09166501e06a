package io.facelogin.infra.cli;

import io.facelogin.models.FaceFinder;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes probes of files; opens the networks only when a video comes. */
final class Probes implements AutoCloseable {

  private final ModelOptions models;
  private final Path weights;
  private @Nullable FaceFinder finder;

  Probes(ModelOptions models, Path weights) {
    this.models = models;
    this.weights = weights;
  }

  Probe of(Path file)
      throws UnusablePictureException, UnusableManifestException, UnusableWeightsException {
    if (!InputFiles.isVideo(file)) {
      return Probe.ofPicture(file);
    }
    FaceFinder open = finder;
    if (open == null) {
      open = models.openFinder(weights);
      finder = open;
    }
    return Probe.ofVideo(file, open, models.minFacePx());
  }

  @Override
  public void close() {
    if (finder != null) {
      finder.close();
    }
  }
}
