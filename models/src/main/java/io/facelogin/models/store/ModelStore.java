package io.facelogin.models.store;

import io.facelogin.models.AttackDetector;
import io.facelogin.models.Detector;
import io.facelogin.models.Encoder;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.manifest.ManifestYaml;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.StoredModel.State;
import io.facelogin.models.weights.KnownNetworks;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.UnusableWeightsException;
import io.facelogin.models.weights.WeightFormats;
import io.facelogin.models.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The networks of this installation: those packaged with the program and those fetched into a
 * folder. A file is used only when size and sha256 are those of its manifest. Safe for use by any
 * number of threads; it keeps nothing open.
 */
public final class ModelStore {

  public static final String DEFAULT_DETECTOR = "mtcnn";
  public static final String DEFAULT_ENCODER = "mobilefacenet";
  public static final String DEFAULT_ATTACK_DETECTOR = "minifasnet";

  private final Path folder;

  /**
   * @param folder where fetched weights lie, usually data/models; need not exist
   */
  public ModelStore(Path folder) {
    this.folder = folder;
  }

  /** A manifest and, if it is not a packaged one, the folder that its files lie in. */
  record Model(Manifest manifest, Optional<Path> folder) {}

  public List<Manifest> known() {
    return Packaged.KNOWN.stream().map(Packaged::manifest).toList();
  }

  /**
   * @param nameOrPath the name of a known network, or the path of a manifest (.yaml) whose files
   *     lie beside it
   */
  public Manifest manifest(String nameOrPath) throws UnusableManifestException {
    return model(nameOrPath).manifest();
  }

  /** Opens the default detector; the caller closes it. */
  public Detector openDetector() throws UnusableManifestException, UnusableWeightsException {
    return Networks.detector(this, DEFAULT_DETECTOR);
  }

  /** Opens the default attack detector, whose weights are fetched; the caller closes it. */
  public AttackDetector openAttackDetector()
      throws UnusableManifestException, UnusableWeightsException {
    return Networks.attackDetector(this, DEFAULT_ATTACK_DETECTOR);
  }

  /** Opens an encoder with the alignment of its manifest; the caller closes it. */
  public Encoder openEncoder(String nameOrPath)
      throws UnusableManifestException, UnusableWeightsException {
    return openEncoder(nameOrPath, manifest(nameOrPath).alignment().orElse(""));
  }

  /**
   * Opens an encoder for crops of another template than its manifest names, which must be of the
   * same size.
   */
  public Encoder openEncoder(String nameOrPath, String alignment)
      throws UnusableManifestException, UnusableWeightsException {
    return Networks.encoder(this, nameOrPath, alignment);
  }

  /** The tensors of a network that is not ONNX, under the names that our architectures read. */
  public Weights weights(String nameOrPath)
      throws UnusableManifestException, UnusableWeightsException {
    Model model = model(nameOrPath);
    List<WeightFile> files = present(model);
    List<NamedTensor> tensors = new ArrayList<>();
    for (WeightFile file : files) {
      Weights weights = WeightFormats.read(file.name(), bytes(model, file));
      tensors.addAll(KnownNetworks.ourNames(weights).all());
    }
    return Weights.of(model.manifest().id().value(), tensors);
  }

  /** The bytes of a network's only file, checked; for ONNX, which brings its own graph. */
  public byte[] onlyFile(String nameOrPath)
      throws UnusableManifestException, UnusableWeightsException {
    Model model = model(nameOrPath);
    return bytes(model, present(model).get(0));
  }

  /** A manifest as it was written. */
  public String manifestYaml(String nameOrPath) throws UnusableManifestException {
    if (Packaged.KNOWN.contains(nameOrPath)) {
      return Packaged.yaml(nameOrPath);
    }
    return text(nameOrPath);
  }

  /** Copies the files that a network is loaded from, checked, to where a manifest may lie. */
  public void copyFiles(String nameOrPath, Path to)
      throws UnusableManifestException, UnusableWeightsException, IOException {
    Model model = model(nameOrPath);
    for (WeightFile file : present(model)) {
      Path copy = to.resolve(file.name());
      byte[] bytes = bytes(model, file);
      if (!Files.isRegularFile(copy) || !Arrays.equals(Files.readAllBytes(copy), bytes)) {
        Files.write(copy, bytes);
      }
    }
  }

  /** Every known network and whether its weights are here. Reads and checks all files. */
  public List<StoredModel> list() {
    return Packaged.KNOWN.stream()
        .map(name -> stored(new Model(Packaged.manifest(name), Optional.empty())))
        .toList();
  }

  /** Reads all files of a network and holds them against its manifest. */
  public StoredModel verify(String nameOrPath) throws UnusableManifestException {
    return stored(model(nameOrPath));
  }

  private StoredModel stored(Model model) {
    List<WeightFile> files = present(model);
    try {
      for (WeightFile file : files) {
        bytes(model, file);
      }
    } catch (UnusableWeightsException e) {
      boolean there = files.stream().allMatch(file -> isThere(model, file));
      return new StoredModel(
          model.manifest(), there ? State.ALTERED : State.ABSENT, String.valueOf(e.getMessage()));
    }
    Path place = place(model, files.get(0));
    return Files.isRegularFile(place)
        ? new StoredModel(model.manifest(), State.PRESENT, place.toString())
        : new StoredModel(model.manifest(), State.PACKAGED, "comes with the program");
  }

  /**
   * Gets the weights of a network, unless they are already here and whole.
   *
   * @param from a folder or the address of a mirror (http, https, file); if absent, the place of
   *     publication
   * @param acceptedLicence name of the licence that whoever runs this accepts; only asked for where
   *     it forbids a use that many have in mind
   */
  public StoredModel fetch(
      String nameOrPath,
      Optional<String> from,
      Optional<String> acceptedLicence,
      FetchProgress progress)
      throws UnusableManifestException, UnusableWeightsException {
    Model model = model(nameOrPath);
    StoredModel before = stored(model);
    if (before.usable()) {
      return before;
    }
    new Fetch(model.manifest(), file -> place(model, file), progress).run(from, acceptedLicence);
    return stored(model);
  }

  Model model(String nameOrPath) throws UnusableManifestException {
    if (Packaged.KNOWN.contains(nameOrPath)) {
      return new Model(Packaged.manifest(nameOrPath), Optional.empty());
    }
    if (!nameOrPath.endsWith(".yaml") && !nameOrPath.endsWith(".yml")) {
      throw UnusableManifestException.unknown(nameOrPath, Packaged.KNOWN);
    }
    Manifest manifest = ManifestYaml.read(nameOrPath, text(nameOrPath));
    return new Model(
        manifest, Optional.ofNullable(Path.of(nameOrPath).toAbsolutePath().getParent()));
  }

  private static String text(String path) throws UnusableManifestException {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw new UnusableManifestException(path, List.of("it cannot be read: " + e));
    }
  }

  /** The files to load: the usual ones, or an alternative where only that is there. */
  private List<WeightFile> present(Model model) {
    Manifest manifest = model.manifest();
    if (manifest.files().stream().allMatch(file -> isThere(model, file))) {
      return manifest.files();
    }
    return manifest.alternatives().stream()
        .filter(file -> isThere(model, file))
        .findFirst()
        .map(List::of)
        .orElse(manifest.files());
  }

  private boolean isThere(Model model, WeightFile file) {
    return Files.isRegularFile(place(model, file)) || isPackaged(model, file);
  }

  private static boolean isPackaged(Model model, WeightFile file) {
    return model.folder().isEmpty() && Packaged.has(file.name());
  }

  /** Where a file of the network lies unless it is packaged. */
  Path place(Model model, WeightFile file) {
    return model
        .folder()
        .orElseGet(() -> folder.resolve(model.manifest().id().value()))
        .resolve(file.name());
  }

  private byte[] bytes(Model model, WeightFile file) throws UnusableWeightsException {
    Path place = place(model, file);
    String shown = place.toString();
    byte @Nullable [] bytes = null;
    if (Files.isRegularFile(place)) {
      bytes = WeightFormats.bytes(place);
    } else if (isPackaged(model, file)) {
      bytes = Packaged.file(file.name());
      shown = "the packaged " + file.name();
    }
    if (bytes == null) {
      throw new UnusableWeightsException(
          "The weights of %s are missing: there is no %s. %s"
              .formatted(model.manifest().id(), place, remedy(model)));
    }
    Checksum.require(shown, bytes, file, remedy(model));
    return bytes;
  }

  private static String remedy(Model model) {
    return model.folder().isPresent()
        ? "Put it beside its manifest."
        : "Get them with: face-login models fetch " + model.manifest().id();
  }
}
