package io.facelogin.models.manifest;

import io.facelogin.models.manifest.Manifest.ImpostorRate;
import io.facelogin.models.manifest.Manifest.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Writes a manifest anew with what somebody measured; all else stays, but for comments. */
public final class CalibratedManifest {

  private CalibratedManifest() {}

  /**
   * @param origin name of the manifest, for messages
   * @param usualLength see {@link Manifest#usualLength}
   * @return YAML that {@link ManifestYaml} reads
   */
  public static String of(String origin, String yaml, Measured measured, double usualLength)
      throws UnusableManifestException {
    ManifestYaml.read(origin, yaml);
    Map<Object, Object> values = new LinkedHashMap<>();
    Map<?, ?> before = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    values.putAll(before);
    values.put("usual-length", usualLength);
    values.put("measured", measured(measured));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    String calibrated = new Yaml(options).dump(values);
    String whole =
        measured
            .impostorDistribution()
            .map(distribution -> ManifestYaml.withImpostors(calibrated, distribution))
            .orElse(calibrated);
    ManifestYaml.read(origin, whole);
    return whole;
  }

  private static Map<String, Object> measured(Measured measured) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("how", measured.how());
    List<Map<String, Object>> rates = new ArrayList<>();
    measured.impostorSimilarity().forEach(rate -> rates.add(rate(rate)));
    if (!rates.isEmpty()) {
      values.put("impostor-similarity", rates);
    }
    measured
        .verificationThreshold()
        .ifPresent(threshold -> values.put("verification-threshold", threshold));
    measured.lfwAccuracy().ifPresent(accuracy -> values.put("lfw-accuracy", accuracy));
    measured
        .lfwAccuracyMirrored()
        .ifPresent(accuracy -> values.put("lfw-accuracy-mirrored", accuracy));
    return values;
  }

  private static Map<String, Object> rate(ImpostorRate rate) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("fmr", rate.falseMatchRate());
    values.put("threshold", rate.threshold());
    rate.trueAcceptRate().ifPresent(share -> values.put("tar", share));
    return values;
  }
}
