package io.facelogin.models.store;

import io.facelogin.models.Detector;
import io.facelogin.models.Encoder;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.manifest.ManifestYaml;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.weights.KnownNetworks;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.UnusableWeightsException;
import io.facelogin.models.weights.WeightFormats;
import io.facelogin.models.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Those that the program brings a manifest for, the default of each kind first. */
  private static final List<String> KNOWN =
      List.of("mtcnn", "mobilefacenet", "mobilefacenet-512", "facenet");

  private static final String PACKAGED = "/io/facelogin/models/packaged/";

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
    List<Manifest> manifests = new ArrayList<>();
    for (String name : KNOWN) {
      manifests.add(packagedManifest(name));
    }
    return manifests;
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
    return new Weights(model.manifest().id().value(), tensors);
  }

  /** The bytes of a network's only file, checked; for ONNX, which brings its own graph. */
  public byte[] onlyFile(String nameOrPath)
      throws UnusableManifestException, UnusableWeightsException {
    Model model = model(nameOrPath);
    return bytes(model, present(model).get(0));
  }

  Model model(String nameOrPath) throws UnusableManifestException {
    if (KNOWN.contains(nameOrPath)) {
      return new Model(packagedManifest(nameOrPath), Optional.empty());
    }
    Path path = Path.of(nameOrPath);
    if (!nameOrPath.endsWith(".yaml") && !nameOrPath.endsWith(".yml")) {
      throw new UnusableManifestException(
          nameOrPath,
          List.of(
              "no such network; known are "
                  + String.join(", ", KNOWN)
                  + ", and the path of a manifest ends in .yaml"));
    }
    try {
      Manifest manifest = ManifestYaml.read(nameOrPath, Files.readString(path));
      return new Model(manifest, Optional.ofNullable(path.toAbsolutePath().getParent()));
    } catch (IOException e) {
      throw new UnusableManifestException(nameOrPath, List.of("it cannot be read: " + e));
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
    return model.folder().isEmpty() && ModelStore.class.getResource(PACKAGED + file.name()) != null;
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
      bytes = resource(file.name());
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

  private static Manifest packagedManifest(String name) {
    byte[] yaml = resource(name + ".yaml");
    if (yaml == null) {
      throw new IllegalStateException("The program lacks its own manifest of " + name);
    }
    try {
      return ManifestYaml.read(name + ".yaml", new String(yaml, StandardCharsets.UTF_8));
    } catch (UnusableManifestException e) {
      throw new IllegalStateException("The program's own manifest of " + name + " is wrong", e);
    }
  }

  private static byte @Nullable [] resource(String name) {
    try (InputStream in = ModelStore.class.getResourceAsStream(PACKAGED + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the packaged " + name, e);
    }
  }
}
