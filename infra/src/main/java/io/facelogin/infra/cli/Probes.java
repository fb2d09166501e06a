package io.facelogin.infra.cli;

import io.facelogin.models.StillFaces;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.picture.UnusablePictureException;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes probes of files; opens the networks only when a video comes. */
final class Probes implements AutoCloseable {

  /** For encoders of which nobody has measured a threshold. */
  private static final double USUAL_AGREEMENT = 0.4;

  private final ModelOptions models;
  private final Path weights;
  private @Nullable StillFaces networks;

  Probes(ModelOptions models, Path weights) {
    this.models = models;
    this.weights = weights;
  }

  Probe of(Path file)
      throws UnusablePictureException, UnusableManifestException, UnusableWeightsException {
    if (!InputFiles.isVideo(file)) {
      return Probe.ofPicture(file);
    }
    StillFaces open = networks;
    if (open == null) {
      open = models.openMirrored(weights);
      networks = open;
    }
    double agreement =
        models.manifest(weights).measured().verificationThreshold().orElse(USUAL_AGREEMENT);
    return Probe.ofVideo(file, open, models.minFacePx(), agreement);
  }

  @Override
  public void close() {
    if (networks != null) {
      networks.close();
    }
  }
}
