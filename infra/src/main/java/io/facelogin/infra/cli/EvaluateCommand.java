package io.facelogin.infra.cli;

import static io.facelogin.infra.cli.JsonOutput.rounded;

import io.facelogin.contract.json.Evaluation;
import io.facelogin.contract.json.UnusablePicture;
import io.facelogin.infra.evaluation.Judgement;
import io.facelogin.infra.evaluation.Pair;
import io.facelogin.infra.evaluation.PairFile;
import io.facelogin.infra.evaluation.ScoredPair;
import io.facelogin.infra.evaluation.UnusablePairFileException;
import io.facelogin.models.StillFaces;
import io.facelogin.models.manifest.Manifest;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a network on labelled pairs. */
@Command(
    name = "evaluate",
    description = "Measure how well a network tells people apart, on labelled pairs.",
    footer = {
      "",
      "Example: face-login evaluate --model mobilefacenet --target 0.99 pairs.csv",
      "The CSV names its columns in the first line: image1,image2,same and optionally fold,group;",
      "names are relative to it. Of several faces the one nearest to the picture's centre counts.",
      "With folds each is judged by the threshold chosen on the others; without, by --threshold or",
      "the manifest's threshold, else by ten folds made here. A pair whose face is not found is",
      "judged wrong, and its picture is listed. Exit code 1: the accuracy is below --target."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GlobalOptions global;
  @Mixin private ModelOptions models;
  @Mixin private JsonOutput json;

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

  @Parameters(paramLabel = "PAIRS.csv", description = "labelled pairs")
  private Path file;

  @Override
  public Integer call() throws Exception {
    int minFacePx = models.minFacePx();
    List<Pair> pairs = pairs();
    Manifest manifest = models.manifest(global.models());
    OptionalDouble known =
        threshold == null
            ? manifest.measured().verificationThreshold()
            : OptionalDouble.of(threshold);
    Set<Path> pictures =
        pairs.stream()
            .flatMap(pair -> Stream.of(pair.image1(), pair.image2()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Subjects subjects;
    PrintWriter err = spec.commandLine().getErr();
    try (StillFaces networks = models.openMirrored(global.models());
        var progress = Terminal.progress("Pictures", pictures.size(), err)) {
      subjects = Subjects.encode(networks, List.copyOf(pictures), minFacePx, progress::step);
    }
    List<ScoredPair> scored = pairs.stream().map(pair -> scored(pair, subjects)).toList();
    Judgement judgement = Judgement.of(scored, known);
    report(evaluation(pairs.size(), judgement, subjects, manifest));
    return target != null && judgement.accuracy() < target ? ExitCode.NEGATIVE : ExitCode.DONE;
  }

  private List<Pair> pairs() {
    List<Pair> pairs;
    try {
      pairs = PairFile.read(file);
    } catch (UnusablePairFileException e) {
      throw new MisuseException(String.valueOf(e.getMessage()));
    }
    pairs.stream()
        .flatMap(pair -> Stream.of(pair.image1(), pair.image2()))
        .filter(picture -> !Files.exists(picture))
        .findFirst()
        .ifPresent(
            missing -> {
              throw new MisuseException(file + " names " + missing + ", which is not there");
            });
    return pairs;
  }

  private static ScoredPair scored(Pair pair, Subjects subjects) {
    var first = subjects.embedding(pair.image1());
    var second = subjects.embedding(pair.image2());
    return new ScoredPair(
        pair,
        first.isPresent() && second.isPresent()
            ? OptionalDouble.of(first.get().cosineSimilarity(second.get()))
            : OptionalDouble.empty());
  }

  private static Evaluation evaluation(
      int pairs, Judgement judgement, Subjects subjects, Manifest manifest) {
    List<UnusablePicture> failed =
        subjects.faults().entrySet().stream()
            .map(fault -> new UnusablePicture(fault.getKey().toString(), fault.getValue()))
            .toList();
    return new Evaluation(
        pairs,
        rounded(judgement.accuracy(), 6),
        rounded(judgement.threshold(), 4),
        roundedRates(judgement.trueAcceptRates()),
        failed.size(),
        manifest.id().value(),
        judgement.thresholdSource().name(),
        roundedRates(judgement.groupAccuracy()),
        failed);
  }

  private static Map<String, Double> roundedRates(Map<String, Double> rates) {
    Map<String, Double> rounded = new LinkedHashMap<>();
    rates.forEach((name, rate) -> rounded.put(name, rounded(rate, 6)));
    return rounded;
  }

  private void report(Evaluation evaluation) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      json.print(evaluation, out);
      return;
    }
    out.printf(Locale.ROOT, "Model      %s%n", evaluation.model());
    out.printf(Locale.ROOT, "Pairs      %d%n", evaluation.pairs());
    out.printf(Locale.ROOT, "Accuracy   %.2f %%%n", 100 * evaluation.accuracy());
    out.printf(
        Locale.ROOT,
        "Threshold  %.3f (%s)%n",
        evaluation.threshold(),
        switch (evaluation.thresholdFrom()) {
          case "FOLDS" -> "mean of the folds', each chosen on the others";
          case "CROSS_VALIDATED" -> "mean of ten folds made here, each chosen on the others";
          default -> "the same for all pairs, not chosen on them";
        });
    evaluation
        .tar()
        .forEach(
            (fmr, tar) ->
                out.printf(Locale.ROOT, "TAR        %.2f %% at FMR %s%n", 100 * tar, fmr));
    evaluation
        .groups()
        .forEach(
            (group, right) ->
                out.printf(Locale.ROOT, "Group      %.2f %% %s%n", 100 * right, group));
    out.printf(
        "No face    %d pictures (of several faces the most central counts)%n",
        evaluation.failedToDetect());
    evaluation
        .failed()
        .forEach(picture -> out.println("  " + picture.image() + ": " + picture.error()));
  }
}
