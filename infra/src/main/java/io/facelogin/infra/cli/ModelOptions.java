package io.facelogin.infra.cli;

import io.facelogin.models.Encoder;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.MirroredEncoder;
import io.facelogin.models.StillFaces;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that look at pictures themselves. */
final class ModelOptions {

  private static final int SMALLEST_FACE_PX = 20;
  private static final int LARGEST_FACE_PX = 1000;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = ModelStore.DEFAULT_ENCODER,
      description = "encoder, by name or by the path of its manifest (default: ${DEFAULT-VALUE})")
  private String model = ModelStore.DEFAULT_ENCODER;

  @Option(
      names = "--alignment",
      paramLabel = "TEMPLATE",
      description =
          "template that faces are aligned to, for instance arcface-112-affine3, which brings eyes"
              + " and nose to fixed points (default: the encoder's own)")
  private @Nullable String alignment;

  @Option(
      names = "--min-face",
      paramLabel = "PX",
      defaultValue = "40",
      description =
          "smallest face looked for, side of its box in pixels (default: ${DEFAULT-VALUE})")
  private int minFacePx;

  int minFacePx() {
    if (minFacePx < SMALLEST_FACE_PX || minFacePx > LARGEST_FACE_PX) {
      throw new MisuseException(
          "--min-face must be %d to %d px, got %d"
              .formatted(SMALLEST_FACE_PX, LARGEST_FACE_PX, minFacePx));
    }
    return minFacePx;
  }

  Manifest manifest(Path models) throws UnusableManifestException {
    return new ModelStore(models).manifest(model);
  }

  /** Finds faces and crops them for the encoder; the caller closes it. */
  FaceFinder openFinder(Path models) throws UnusableManifestException, UnusableWeightsException {
    var store = new ModelStore(models);
    return finder(store, alignment(store));
  }

  private String alignment(ModelStore store) throws UnusableManifestException {
    if (alignment == null) {
      return store.manifest(model).alignmentOrThrow();
    }
    try {
      return AlignmentTemplate.named(alignment).name();
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private static FaceFinder finder(ModelStore store, String alignment)
      throws UnusableManifestException, UnusableWeightsException {
    return new FaceFinder(
        store.openDetector(),
        new FaceAligner(AlignmentTemplate.named(alignment)),
        new QualityJudge(QualityThresholds.defaults()));
  }

  /** The plain encoder, as published; the caller closes it. */
  StillFaces openPlain(Path models) throws UnusableManifestException, UnusableWeightsException {
    var store = new ModelStore(models);
    Encoder encoder = store.openEncoder(model, alignment(store));
    return new StillFaces(finder(store, encoder.alignment()), encoder);
  }

  /** With the mirror image, as everything that compares faces does; the caller closes it. */
  StillFaces openMirrored(Path models) throws UnusableManifestException, UnusableWeightsException {
    var store = new ModelStore(models);
    Encoder encoder = new MirroredEncoder(store.openEncoder(model, alignment(store)));
    return new StillFaces(finder(store, encoder.alignment()), encoder);
  }

  /** The encoder with the mirror image, for {@link Subjects}. */
  Variant mirroredVariant(ModelStore store) throws UnusableManifestException {
    return new Variant(model, alignment(store), true, Variant.Gate.NONE);
  }
}
