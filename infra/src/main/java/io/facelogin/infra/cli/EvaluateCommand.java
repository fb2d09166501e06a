package io.facelogin.infra.cli;

import io.facelogin.contract.json.Evaluation;
import io.facelogin.infra.OutsideMissingException;
import io.facelogin.infra.evaluation.LabelledPictures;
import io.facelogin.infra.evaluation.Pair;
import io.facelogin.infra.evaluation.PairFile;
import io.facelogin.infra.evaluation.PersonFolders;
import io.facelogin.infra.evaluation.Plots;
import io.facelogin.infra.evaluation.UnusablePairFileException;
import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.store.ModelStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures networks on labelled pictures. */
@Command(
    name = "evaluate",
    description = "Measure how well a network tells people apart, on labelled pictures.",
    footer = {
      "",
      "Example: face-login evaluate --model mobilefacenet --target 0.99 --plot plots pairs.csv",
      "The CSV names its columns in the first line: image1,image2,same and optionally fold,group;",
      "names are relative to it. Or a folder with a folder of pictures for each person: then all",
      "pairs of one person are judged and as many of two people, in folds that share nobody.",
      "Of several faces the one nearest to the picture's centre counts. With folds each is judged",
      "by the threshold chosen on the others; without, by --threshold or the manifest's threshold,",
      "else by ten folds made here. A pair whose face is not found is judged wrong, and its picture",
      "is listed. False match rates come from all pairs of different people, if the pictures lie in",
      "folders by person. Exit code 1: the accuracy is below --target.",
      "",
      "face-login evaluate --attacks DIR: how often pictures of people pass (APCER, by species),",
      "and people do not (BPCER), by the attack detector's threshold; clips are judged as at the",
      "log-in page. Its weights: face-login models fetch minifasnet"
    })
final class EvaluateCommand implements Callable<Integer> {

  private static final int LEAST_FACE_PX = 20;
  private static final int MOST_FACE_PX = 1000;

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private EvaluationOptions options;
  @Mixin private AttackEvaluationRun attacks;
  @Mixin private JsonOutput json;

  @Option(
      names = "--min-face",
      paramLabel = "PX",
      defaultValue = "40",
      description =
          "smallest face looked for, side of its box in pixels (default: ${DEFAULT-VALUE})")
  private int minFacePx;

  @Option(
      names = "--target",
      paramLabel = "ACCURACY",
      description = "least accuracy, 0 to 1; below it the exit code is 1")
  private @Nullable Double target;

  @Option(
      names = "--threshold",
      paramLabel = "SIMILARITY",
      description = "cosine similarity for a list without folds (default: the manifest's)")
  private @Nullable Double threshold;

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "10",
      description = "folds made of a folder of people (default: ${DEFAULT-VALUE})")
  private int folds;

  @Option(
      names = "--impostor-pairs",
      paramLabel = "N",
      description =
          "most pairs of two people judged of a folder (default: as many as there are of one)")
  private @Nullable Integer impostorPairs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of all that is drawn; the same seed gives the same result")
  private long seed;

  @Option(
      names = "--plot",
      paramLabel = "DIR|FILE",
      description =
          "draw det.png, roc.png and error-versus-reject.png into this folder; with --attacks the"
              + " PNG itself")
  private @Nullable Path plot;

  @Option(
      names = "--calibrate",
      paramLabel = "FILE.yaml",
      description =
          "write the network's manifest with what was measured here, and its weights beside it;"
              + " use it as --model FILE.yaml")
  private @Nullable Path calibrated;

  @Parameters(
      paramLabel = "PAIRS.csv|FOLDER",
      arity = "0..1",
      description = "labelled pairs, or a folder that holds one of pictures for each person")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    requireSense();
    var store = new ModelStore(global.models());
    if (attacks.isWanted()) {
      return attacks.run(
          store, minFacePx, plot, json, spec.commandLine().getOut(), spec.commandLine().getErr());
    }
    List<Variant> variants = options.variants(store);
    if (calibrated != null && variants.size() > 1) {
      throw new MisuseException("--calibrate measures one network in one way: name one --model");
    }
    LabelledPictures pictures = pictures(given());
    requireBothKinds(pictures);
    Subjects subjects = encode(store, variants, pictures);
    List<VariantResult> results = new ArrayList<>();
    for (int i = 0; i < variants.size(); i++) {
      results.add(result(store, variants.get(i), i, pictures, subjects));
    }
    Map<String, String> faults = new LinkedHashMap<>();
    subjects.faults().forEach((file, fault) -> faults.put(file.toString(), fault));
    List<Evaluation> evaluations =
        results.stream().map(result -> EvaluationReport.of(result, faults)).toList();
    report(evaluations);
    draw(results);
    if (calibrated != null) {
      Calibration.write(store, results.get(0), calibrated);
      spec.commandLine().getErr().println("Wrote " + calibrated);
    }
    boolean below = target != null && evaluations.stream().anyMatch(one -> one.accuracy() < target);
    return below ? ExitCode.NEGATIVE : ExitCode.DONE;
  }

  private void requireSense() {
    require("--min-face", minFacePx, LEAST_FACE_PX, MOST_FACE_PX);
    require("--folds", folds, 1, 1000);
    if (impostorPairs != null) {
      require("--impostor-pairs", impostorPairs, 1, 100_000_000);
    }
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new MisuseException(
          "%s must be %d to %d, got %d".formatted(option, least, most, value));
    }
  }

  private Path given() {
    if (data == null) {
      throw new MisuseException(
          "Missing required parameter: PAIRS.csv|FOLDER, or --attacks DIR for the attack check");
    }
    return data;
  }

  private LabelledPictures pictures(Path data) {
    try {
      if (Files.isDirectory(data)) {
        OptionalInt most =
            impostorPairs == null ? OptionalInt.empty() : OptionalInt.of(impostorPairs);
        return PersonFolders.read(data, folds, most, seed);
      }
      LabelledPictures pictures =
          LabelledPictures.ofPairs(String.valueOf(data.getFileName()), PairFile.read(data));
      pictures.pictures().stream()
          .filter(picture -> !Files.exists(picture))
          .findFirst()
          .ifPresent(
              missing -> {
                throw new MisuseException(data + " names " + missing + ", which is not there");
              });
      return pictures;
    } catch (UnusablePairFileException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    }
  }

  private static void requireBothKinds(LabelledPictures pictures) {
    if (pictures.pairs().stream().noneMatch(Pair::same)) {
      throw new MisuseException(
          pictures.name() + " has no pair of one person: a result needs both kinds");
    }
    if (pictures.pairs().stream().allMatch(Pair::same)) {
      throw new MisuseException(
          pictures.name() + " has no pair of two people: a result needs both kinds");
    }
  }

  private Subjects encode(ModelStore store, List<Variant> variants, LabelledPictures pictures)
      throws Exception {
    List<Path> files = List.copyOf(pictures.pictures());
    PrintWriter err = spec.commandLine().getErr();
    try (VariantNetworks networks = VariantNetworks.open(store, variants);
        var progress = Terminal.progress("Pictures", files.size(), err)) {
      return Subjects.encode(networks, files, minFacePx, progress::step);
    }
  }

  private VariantResult result(
      ModelStore store, Variant variant, int place, LabelledPictures pictures, Subjects subjects)
      throws UnusableManifestException {
    Manifest manifest = store.manifest(variant.model());
    OptionalDouble known =
        threshold == null
            ? manifest.measured().verificationThreshold()
            : OptionalDouble.of(threshold);
    return VariantResult.of(variant, place, manifest, pictures, subjects, known, seed);
  }

  private void report(List<Evaluation> evaluations) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(evaluations.size() == 1 ? evaluations.get(0) : evaluations, out);
      return;
    }
    if (evaluations.size() > 1) {
      out.print(EvaluationReport.table(evaluations));
      out.println();
    }
    evaluations.forEach(evaluation -> out.println(EvaluationReport.text(evaluation)));
    out.flush();
  }

  private void draw(List<VariantResult> results) {
    if (plot == null) {
      return;
    }
    List<Plots.Curve> curves =
        results.stream()
            .map(
                result ->
                    new Plots.Curve(
                        result.variant().label(),
                        result.rates(),
                        result.quality(),
                        result.missThreshold()))
            .toList();
    try {
      Plots.write(plot, results.get(0).pictures().name(), curves)
          .forEach(file -> spec.commandLine().getErr().println("Wrote " + file));
    } catch (IOException e) {
      throw new MisuseException("The plots cannot be written to " + plot + ": " + e);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new OutsideMissingException(
          "This Java cannot draw text. On Debian or Ubuntu: sudo apt-get install fontconfig"
              + " libfreetype6 fonts-dejavu-core",
          e);
    }
  }
}
