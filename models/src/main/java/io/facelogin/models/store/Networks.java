package io.facelogin.models.store;

import io.facelogin.models.AttackDetector;
import io.facelogin.models.Detector;
import io.facelogin.models.Encoder;
import io.facelogin.models.RatedEncoder;
import io.facelogin.models.edgeface.EdgeFace;
import io.facelogin.models.facenet.InceptionResnetV1;
import io.facelogin.models.facenet.Standardisation;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.Manifest.Architecture;
import io.facelogin.models.manifest.Manifest.Kind;
import io.facelogin.models.manifest.Manifest.Normalisation;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.minifasnet.MiniFasNet;
import io.facelogin.models.mobilefacenet.MobileFaceNet;
import io.facelogin.models.mobilefacenet.Variant;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.onnx.OnnxEncoder;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.List;

/** Builds the network that a manifest names from its checked files. */
final class Networks {

  private Networks() {}

  static Detector detector(ModelStore store, String nameOrPath)
      throws UnusableManifestException, UnusableWeightsException {
    Manifest manifest = store.manifest(nameOrPath);
    requireKind(manifest, Kind.DETECTOR, nameOrPath);
    if (manifest.architecture() != Architecture.MTCNN) {
      throw notBuilt(manifest, nameOrPath);
    }
    try {
      return new MtcnnDetector(manifest.id(), store.weights(nameOrPath));
    } catch (IllegalArgumentException e) {
      throw doesNotFit(manifest, e);
    }
  }

  static AttackDetector attackDetector(ModelStore store, String nameOrPath)
      throws UnusableManifestException, UnusableWeightsException {
    Manifest manifest = store.manifest(nameOrPath);
    requireKind(manifest, Kind.ATTACK_DETECTOR, nameOrPath);
    if (manifest.architecture() != Architecture.MINIFASNET) {
      throw notBuilt(manifest, nameOrPath);
    }
    try {
      return new MiniFasNet(manifest.id(), store.weights(nameOrPath));
    } catch (IllegalArgumentException e) {
      throw doesNotFit(manifest, e);
    }
  }

  static Encoder encoder(ModelStore store, String nameOrPath, String alignment)
      throws UnusableManifestException, UnusableWeightsException {
    Manifest manifest = store.manifest(nameOrPath);
    requireKind(manifest, Kind.ENCODER, nameOrPath);
    Encoder encoder;
    try {
      encoder =
          switch (manifest.architecture()) {
            case MOBILEFACENET ->
                new MobileFaceNet(
                    manifest.id(), alignment, Variant.PRELU, store.weights(nameOrPath));
            case MOBILEFACENET_RELU6 ->
                new MobileFaceNet(
                    manifest.id(), alignment, Variant.RELU6, store.weights(nameOrPath));
            case EDGEFACE_XS -> new EdgeFace(manifest.id(), alignment, store.weights(nameOrPath));
            case INCEPTION_RESNET_V1 ->
                new InceptionResnetV1(
                    manifest.id(),
                    alignment,
                    manifest.input().normalisation() instanceof Normalisation.Prewhiten
                        ? Standardisation.PREWHITEN
                        : Standardisation.FIXED,
                    store.weights(nameOrPath));
            case ONNX -> OnnxEncoder.open(manifest, alignment, store.onlyFile(nameOrPath));
            case MTCNN, MINIFASNET -> throw notBuilt(manifest, nameOrPath);
          };
    } catch (IllegalArgumentException e) {
      throw doesNotFit(manifest, e);
    }
    if (encoder.dimension() != manifest.dimensionOrThrow()
        || encoder.cropSidePx() != manifest.sidePx()) {
      encoder.close();
      throw new UnusableManifestException(
          nameOrPath,
          List.of(
              "it says side-px %d and dimension %d, the network has %d and %d"
                  .formatted(
                      manifest.sidePx(),
                      manifest.dimensionOrThrow(),
                      encoder.cropSidePx(),
                      encoder.dimension())));
    }
    return manifest.usualLength().isPresent()
        ? new RatedEncoder(encoder, manifest.usualLength().getAsDouble())
        : encoder;
  }

  private static void requireKind(Manifest manifest, Kind wanted, String origin)
      throws UnusableManifestException {
    if (manifest.kind() != wanted) {
      throw new UnusableManifestException(
          origin, List.of("it describes a " + manifest.kind() + ", wanted is a " + wanted));
    }
  }

  private static UnusableManifestException notBuilt(Manifest manifest, String origin) {
    return new UnusableManifestException(
        origin,
        List.of(
            "no " + manifest.kind() + " of architecture " + manifest.architecture() + " exists"));
  }

  private static UnusableWeightsException doesNotFit(
      Manifest manifest, IllegalArgumentException fault) {
    return new UnusableWeightsException(
        "The weights of "
            + manifest.id()
            + " do not fit its architecture "
            + manifest.architecture()
            + ": "
            + fault.getMessage(),
        fault);
  }
}
