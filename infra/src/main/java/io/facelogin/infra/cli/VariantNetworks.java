package io.facelogin.infra.cli;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.FoundFace;
import io.facelogin.models.MirroredEncoder;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.quality.FaceQuality;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One detector and the encoders of several variants. A picture is searched once, and each network
 * runs once on each of its crops, however many variants use it. Any number of threads may share it.
 */
final class VariantNetworks implements AutoCloseable {

  private final FaceFinder finder;
  private final List<Network> networks;

  /** A plain encoder, how its crops are cut, and the places in the list of those that use it. */
  private record Network(Encoder encoder, FaceAligner aligner, String model, List<Use> uses) {}

  private record Use(int place, boolean mirrored) {}

  /** What one variant makes of a face. */
  record Seen(Embedding embedding, FaceQuality quality) {}

  private VariantNetworks(FaceFinder finder, List<Network> networks) {
    this.finder = finder;
    this.networks = networks;
  }

  /** The first variant's alignment makes the crops by which quality is judged. */
  static VariantNetworks open(ModelStore store, List<Variant> variants)
      throws UnusableManifestException, UnusableWeightsException {
    List<Network> networks = new ArrayList<>();
    FaceAligner first = aligner(variants.get(0));
    var finder =
        new FaceFinder(store.openDetector(), first, new QualityJudge(QualityThresholds.defaults()));
    var opened = new VariantNetworks(finder, networks);
    try {
      for (int i = 0; i < variants.size(); i++) {
        Variant variant = variants.get(i);
        opened.network(store, variant).uses().add(new Use(i, variant.mirrored()));
      }
      return opened;
    } catch (UnusableManifestException | UnusableWeightsException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static FaceAligner aligner(Variant variant) {
    return new FaceAligner(AlignmentTemplate.named(variant.alignment()));
  }

  private Network network(ModelStore store, Variant variant)
      throws UnusableManifestException, UnusableWeightsException {
    for (Network known : networks) {
      if (known.model().equals(variant.model())
          && known.encoder().alignment().equals(variant.alignment())) {
        return known;
      }
    }
    Encoder encoder = store.openEncoder(variant.model(), variant.alignment());
    var network = new Network(encoder, aligner(variant), variant.model(), new ArrayList<>());
    networks.add(network);
    return network;
  }

  FaceFinder finder() {
    return finder;
  }

  /**
   * @param faces one of each picture
   * @return for each face what each variant sees, in the variants' order
   */
  List<List<Seen>> encode(List<Picture> pictures, List<FoundFace> faces) {
    List<List<Placed>> placed = new ArrayList<>();
    faces.forEach(face -> placed.add(new ArrayList<>()));
    for (Network network : networks) {
      List<AlignedFace> crops = new ArrayList<>();
      for (int i = 0; i < faces.size(); i++) {
        crops.add(crop(network.aligner(), pictures.get(i), faces.get(i)));
      }
      boolean mirrored = network.uses().stream().anyMatch(Use::mirrored);
      if (mirrored) {
        crops.addAll(crops.stream().map(MirroredEncoder::mirrored).toList());
      }
      List<Embedding> embeddings = network.encoder().encode(crops);
      for (int i = 0; i < faces.size(); i++) {
        for (Use use : network.uses()) {
          Embedding plain = embeddings.get(i);
          Embedding embedding =
              use.mirrored() ? MirroredEncoder.sum(plain, embeddings.get(faces.size() + i)) : plain;
          FaceQuality quality =
              faces.get(i).quality().weighedBy(network.encoder().recognisability(embedding));
          placed.get(i).add(new Placed(use.place(), new Seen(embedding, quality)));
        }
      }
    }
    return placed.stream().map(VariantNetworks::inOrder).toList();
  }

  private record Placed(int place, Seen seen) {}

  private static List<Seen> inOrder(List<Placed> placed) {
    return placed.stream()
        .sorted(Comparator.comparingInt(Placed::place))
        .map(Placed::seen)
        .toList();
  }

  private AlignedFace crop(FaceAligner aligner, Picture picture, FoundFace face) {
    if (aligner.template().name().equals(finder.alignment())) {
      return face.crop();
    }
    try {
      return aligner.align(picture, face.face().landmarksPx());
    } catch (IllegalArgumentException e) {
      // Eyes and nose on one line, a full profile: no affine map exists, the similarity always
      // does.
      return new FaceAligner(aligner.template().withoutStretching())
          .align(picture, face.face().landmarksPx());
    }
  }

  @Override
  public void close() {
    networks.forEach(network -> network.encoder().close());
    finder.close();
  }
}
