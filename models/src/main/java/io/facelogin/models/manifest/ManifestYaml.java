package io.facelogin.models.manifest;

import io.facelogin.contract.ModelId;
import io.facelogin.models.manifest.Manifest.Architecture;
import io.facelogin.models.manifest.Manifest.ChannelOrder;
import io.facelogin.models.manifest.Manifest.Format;
import io.facelogin.models.manifest.Manifest.ImpostorRate;
import io.facelogin.models.manifest.Manifest.Input;
import io.facelogin.models.manifest.Manifest.Kind;
import io.facelogin.models.manifest.Manifest.Measured;
import io.facelogin.models.manifest.Manifest.Normalisation;
import io.facelogin.models.manifest.Manifest.NpmEntry;
import io.facelogin.models.manifest.Manifest.WeightFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a manifest. A missing, unknown or wrong key is a fault; all faults are told at once. Writes
 * only what is measured here: the impostor distribution.
 */
public final class ManifestYaml {

  private ManifestYaml() {}

  /**
   * @param origin name of the file, for messages
   */
  public static Manifest read(String origin, String yaml) throws UnusableManifestException {
    Object document;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      document = new Yaml(new SafeConstructor(options)).load(yaml);
    } catch (YAMLException | IllegalArgumentException | ClassCastException e) {
      // The last two come out of the parser where a value is not what its tag says.
      throw new UnusableManifestException(origin, List.of("it is no YAML: " + e.getMessage()));
    }
    if (!(document instanceof Map<?, ?> values)) {
      throw new UnusableManifestException(origin, List.of("it has no keys"));
    }
    List<String> faults = new ArrayList<>();
    Manifest manifest = manifest(new Section("", values, faults), faults);
    if (!faults.isEmpty()) {
      throw new UnusableManifestException(origin, faults);
    }
    return manifest;
  }

  /**
   * The same manifest with another impostor distribution; everything else, comments too, stays as
   * it is.
   *
   * @param yaml a manifest that {@link #read} accepts
   */
  public static String withImpostors(String yaml, ImpostorDistribution distribution) {
    return DistributionYaml.replace(yaml, distribution);
  }

  private static Manifest manifest(Section root, List<String> faults) {
    String id = root.requiredText("id");
    if (!id.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
      root.fault("id", "must be of small letters, digits, dots and dashes", id);
      id = "unknown";
    }
    Manifest manifest =
        new Manifest(
            new ModelId(id),
            root.requiredChoice("kind", Kind.class),
            root.requiredChoice("architecture", Architecture.class),
            root.sections("files").stream().map(ManifestYaml::file).toList(),
            root.sections("alternatives").stream().map(ManifestYaml::file).toList(),
            input(root.requiredSection("input")),
            root.text("alignment"),
            root.positive("dimension"),
            root.number("usual-length", 1e-6, 1e6),
            root.requiredText("licence"),
            root.requiredFlag("needs-acceptance"),
            root.requiredText("training-data"),
            root.requiredText("origin"),
            root.section("measured")
                .map(ManifestYaml::measured)
                .orElse(
                    new Measured(
                        "not measured",
                        List.of(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty())));
    root.refuseUnknown();
    if (manifest.files().isEmpty()) {
      faults.add("files is missing or empty");
    }
    if (manifest.kind() == Kind.ENCODER) {
      if (manifest.alignment().isEmpty()) {
        faults.add("alignment is missing: an encoder needs one");
      }
      if (manifest.dimension().isEmpty()) {
        faults.add("dimension is missing: an encoder needs one");
      }
      if (manifest.input().sidePx().isEmpty()) {
        faults.add("input.side-px is missing: an encoder needs one");
      }
    }
    if (manifest.kind() == Kind.ATTACK_DETECTOR
        && manifest.measured().attackThreshold().isEmpty()) {
      faults.add("measured.attack-threshold is missing: an attack detector needs one");
    }
    return manifest;
  }

  private static WeightFile file(Section section) {
    String name = section.requiredText("name");
    if (!name.isEmpty() && !name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      section.fault("name", "must be a plain file name", name);
    }
    String sha256 = section.requiredText("sha256");
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
      section.fault("sha256", "must be 64 small hexadecimal digits", sha256);
    }
    List<String> publication = section.texts("publication");
    for (String address : publication) {
      if (!address.matches("https?://.+")) {
        section.fault("publication", "must be http or https addresses", address);
      }
    }
    WeightFile file =
        new WeightFile(
            name,
            section.requiredChoice("format", Format.class),
            section.requiredPositive("bytes"),
            sha256,
            publication,
            section.section("npm").map(ManifestYaml::npm));
    section.refuseUnknown();
    return file;
  }

  private static NpmEntry npm(Section section) {
    NpmEntry entry =
        new NpmEntry(
            section.requiredText("name"),
            section.requiredText("version"),
            section.requiredText("path"));
    section.refuseUnknown();
    return entry;
  }

  private static Input input(Section section) {
    Input input =
        new Input(
            section.positive("side-px"),
            section.requiredChoice("channels", ChannelOrder.class),
            normalisation(section.requiredSection("normalisation")));
    section.refuseUnknown();
    return input;
  }

  private static Normalisation normalisation(Section section) {
    Optional<String> kind = section.text("kind");
    if (kind.isPresent() && kind.get().equals("prewhiten")) {
      section.refuseUnknown();
      return new Normalisation.Prewhiten();
    }
    if (kind.isEmpty() || !kind.get().equals("fixed")) {
      section.fault("kind", "must be fixed or prewhiten", kind.orElse("nothing"));
    }
    List<Float> scale = section.channelNumbers("scale");
    if (scale.contains(0f)) {
      section.fault("scale", "must not be 0", scale);
    }
    Normalisation fixed = new Normalisation.Fixed(section.channelNumbers("mean"), scale);
    section.refuseUnknown();
    return fixed;
  }

  private static Measured measured(Section section) {
    List<ImpostorRate> rates =
        section.sections("impostor-similarity").stream()
            .map(ManifestYaml::rate)
            .sorted(Comparator.comparingDouble(ImpostorRate::falseMatchRate).reversed())
            .toList();
    for (int i = 1; i < rates.size(); i++) {
      if (rates.get(i).threshold() <= rates.get(i - 1).threshold()) {
        section.fault(
            "impostor-similarity", "must have higher thresholds for rarer false matches", rates);
      }
    }
    Measured measured =
        new Measured(
            section.requiredText("how"),
            rates,
            section.section("impostor-distribution").flatMap(DistributionYaml::read),
            section.number("verification-threshold", -1, 1),
            section.number("lfw-accuracy", 0, 1),
            section.number("lfw-accuracy-mirrored", 0, 1),
            section.number("attack-threshold", 0, 1));
    section.refuseUnknown();
    return measured;
  }

  private static ImpostorRate rate(Section section) {
    ImpostorRate rate =
        new ImpostorRate(
            section.requiredNumber("fmr", 1e-12, 1),
            section.requiredNumber("threshold", -1, 1),
            section.number("tar", 0, 1));
    section.refuseUnknown();
    return rate;
  }
}
