package io.facelogin.infra.cli;

import static io.facelogin.infra.cli.JsonOutput.rounded;

import io.facelogin.infra.evaluation.Judgement;
import io.facelogin.infra.evaluation.OperatingPoint;
import io.facelogin.models.manifest.CalibratedManifest;
import io.facelogin.models.manifest.ImpostorDistribution;
import io.facelogin.models.manifest.ImpostorMeasurement;
import io.facelogin.models.manifest.Manifest.ImpostorRate;
import io.facelogin.models.manifest.Manifest.Measured;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Writes what was measured into a manifest of its own, from which sites take their thresholds. */
final class Calibration {

  private Calibration() {}

  /** The manifest, and the weights beside it, where a manifest's files are looked for. */
  static void write(ModelStore store, VariantResult result, Path file)
      throws UnusableManifestException, UnusableWeightsException {
    if (!file.toString().matches(".+\\.ya?ml")) {
      throw new MisuseException("--calibrate writes a manifest: its name must end in .yaml");
    }
    String model = result.variant().model();
    String yaml =
        CalibratedManifest.of(
            model,
            store.manifestYaml(model),
            measured(result, LocalDate.now(ZoneOffset.UTC)),
            length(result));
    try {
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
      Files.createDirectories(folder);
      store.copyFiles(model, folder);
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new MisuseException("The manifest cannot be written to " + file + ": " + e);
    }
  }

  private static Measured measured(VariantResult result, LocalDate date) {
    var rates = new ArrayList<ImpostorRate>();
    for (OperatingPoint point : result.rates().points()) {
      // Of few pairs two rates can have one threshold: the rarer of them says nothing new.
      if (rates.isEmpty() || rates.get(rates.size() - 1).threshold() < point.threshold()) {
        rates.add(
            new ImpostorRate(
                point.falseMatchRate(),
                rounded(point.threshold(), 4),
                OptionalDouble.of(rounded(point.trueAcceptRate(), 4))));
      }
    }
    return new Measured(
        how(result, date),
        List.copyOf(rates),
        Optional.of(distribution(result, date)),
        OptionalDouble.of(rounded(Judgement.bestThreshold(result.judged()), 4)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** A matcher derives the threshold for any size of gallery from it. */
  private static ImpostorDistribution distribution(VariantResult result, LocalDate date) {
    if (result.pictures().people().isEmpty()) {
      throw new MisuseException(
          "--calibrate must know who is who, to compare everybody with everybody else: give a"
              + " folder of people, or a list whose pictures lie in a folder for each person");
    }
    Map<String, List<float[]>> byPerson = new TreeMap<>();
    result
        .seen()
        .forEach(
            (picture, face) ->
                byPerson
                    .computeIfAbsent(
                        String.valueOf(result.pictures().people().get(picture)),
                        person -> new ArrayList<>())
                    .add(face.embedding().vector()));
    try {
      return ImpostorMeasurement.of(List.copyOf(byPerson.values()), source(result), date);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  private static String how(VariantResult result, LocalDate date) {
    return String.format(
        Locale.ROOT,
        "evaluate --calibrate, %s: %s; %d pictures with a face, %d pairs of one person; accuracy"
            + " %.4f; verification threshold where most pairs are right",
        date,
        source(result),
        result.seen().size(),
        result.rates().genuinePairs(),
        result.judgement().accuracy());
  }

  private static String source(VariantResult result) {
    return String.format(
        Locale.ROOT,
        "%s, aligned %s, %s the mirror image, gate: %s",
        result.pictures().name(),
        result.variant().alignment(),
        result.variant().mirrored() ? "with" : "without",
        result.variant().gate());
  }

  /** The median. */
  private static double length(VariantResult result) {
    double[] lengths =
        result.seen().values().stream()
            .mapToDouble(face -> face.embedding().rawLength())
            .sorted()
            .toArray();
    return rounded(lengths[lengths.length / 2], 2);
  }
}
