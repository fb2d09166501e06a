package io.facelogin.infra.cli;

import static io.facelogin.infra.cli.JsonOutput.rounded;

import io.facelogin.contract.json.Evaluation;
import io.facelogin.contract.json.Evaluation.ErrorRate;
import io.facelogin.contract.json.Evaluation.GroupErrors;
import io.facelogin.contract.json.Evaluation.QualityCheck;
import io.facelogin.contract.json.Evaluation.Split;
import io.facelogin.contract.json.UnusablePicture;
import io.facelogin.infra.evaluation.Interval;
import io.facelogin.infra.evaluation.Judgement;
import io.facelogin.infra.evaluation.OperatingPoint;
import io.facelogin.infra.evaluation.RejectCurve;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a result into the contract's words. */
final class EvaluationReport {

  private static final double[] REJECTED = {0, 0.05, 0.1, 0.2};

  private EvaluationReport() {}

  static Evaluation of(VariantResult result, Map<String, String> faults) {
    Judgement judgement = result.judgement();
    Map<String, Double> tar = new LinkedHashMap<>();
    List<OperatingPoint> points = result.rates().points();
    points.forEach(
        point -> tar.put(name(point.falseMatchRate()), rounded(point.trueAcceptRate(), 6)));
    Map<String, Double> groups = new LinkedHashMap<>();
    Map<String, GroupErrors> groupErrors = new LinkedHashMap<>();
    judgement
        .groups()
        .forEach(
            (name, group) -> {
              groups.put(name, rounded(group.accuracy(), 6));
              groupErrors.put(
                  name,
                  new GroupErrors(
                      group.genuinePairs(),
                      group.misses(),
                      group.impostorPairs(),
                      group.falseMatches()));
            });
    List<UnusablePicture> failed =
        faults.entrySet().stream()
            .map(fault -> new UnusablePicture(fault.getKey(), fault.getValue()))
            .toList();
    return new Evaluation(
        result.judged().size(),
        rounded(judgement.accuracy(), 6),
        rounded(judgement.threshold(), 4),
        tar,
        failed.size(),
        result.manifest().id().value(),
        judgement.thresholdSource().name(),
        groups,
        failed,
        result.pictures().name(),
        result.variant().alignment(),
        result.variant().mirrored(),
        result.variant().gate().toString(),
        result.leftOut(),
        rounded(judgement.deviation(), 6),
        judgement.folds(),
        result.pictures().peopleCount(),
        result.rates().genuinePairs(),
        result.rates().impostors().pairs(),
        rounded(result.rates().equalErrorRate(), 6),
        points.stream().map(EvaluationReport::rate).toList(),
        rate(result.rates().at(judgement.threshold())),
        groupErrors,
        quality(result));
  }

  /** Such as "1e-3". */
  static String name(double rate) {
    return "1e" + Math.round(Math.log10(rate));
  }

  private static ErrorRate rate(OperatingPoint point) {
    return new ErrorRate(
        point.falseMatchRate(),
        rounded(point.threshold(), 4),
        point.falseMatches(),
        point.falseMatchInterval().map(Interval::low).orElse(null),
        point.falseMatchInterval().map(Interval::high).orElse(null),
        rounded(point.trueAcceptRate(), 6),
        point.misses(),
        rounded(1 - point.missRate().high(), 6),
        rounded(1 - point.missRate().low(), 6));
  }

  private static QualityCheck quality(VariantResult result) {
    double threshold = result.missThreshold();
    Map<String, Double> misses = new LinkedHashMap<>();
    double[] rates = result.quality().missRates(threshold, REJECTED);
    for (int i = 0; i < REJECTED.length; i++) {
      misses.put(String.format(Locale.ROOT, "%.2f", REJECTED[i]), rounded(rates[i], 6));
    }
    return new QualityCheck(
        split(result.quality().split(result.judgement().wrong()::contains)),
        split(result.quality().splitOfMisses(threshold)),
        rounded(threshold, 4),
        misses);
  }

  private static Split split(RejectCurve.Split split) {
    return new Split(
        rounded(split.belowQuality(), 3),
        split.lowestErrors(),
        split.lowestPairs(),
        split.otherErrors(),
        split.otherPairs());
  }

  /** For people. */
  static String text(Evaluation result) {
    var text = new StringBuilder();
    line(
        text,
        "Model      %s, %s%s, gate: %s",
        result.model(),
        result.alignment(),
        result.mirrored() ? ", with mirror image" : ", without mirror image",
        result.gate());
    line(
        text,
        "Data       %s: %d pairs judged, %d of one person%s%s",
        result.data(),
        result.pairs(),
        result.genuinePairs(),
        result.people() == 0 ? "" : ", " + result.people() + " people",
        result.leftOut() == 0 ? "" : "; " + result.leftOut() + " left out by the gate");
    line(
        text,
        "Accuracy   %.2f %%%s",
        100 * result.accuracy(),
        result.folds() < 2
            ? ""
            : String.format(
                Locale.ROOT,
                ", standard deviation %.2f over %d folds",
                100 * result.accuracyDeviation(),
                result.folds()));
    line(
        text,
        "Threshold  %.3f (%s)",
        result.threshold(),
        switch (result.thresholdFrom()) {
          case "FOLDS" -> "mean of the folds', each chosen on the others";
          case "CROSS_VALIDATED" -> "mean of ten folds made here, each chosen on the others";
          default -> "the same for all pairs, not chosen on them";
        });
    line(text, "Equal      %.2f %% error rate", 100 * result.equalErrorRate());
    line(
        text,
        "Rates over %d pairs of different people (95 %% confidence in brackets):",
        result.impostorPairs());
    line(text, "  FMR      threshold  TAR                        false matches");
    result.errorRates().forEach(rate -> line(text, "%s", row(name(rate.falseMatchRate()), rate)));
    line(text, "%s", row("here", result.atThreshold()));
    result
        .groupErrors()
        .forEach(
            (name, group) ->
                line(
                    text,
                    "Group      %s: %.2f %% right; %d of %d missed, %d of %d falsely matched",
                    name,
                    100 * result.groups().getOrDefault(name, 0.0),
                    group.misses(),
                    group.genuinePairs(),
                    group.falseMatches(),
                    group.impostorPairs()));
    QualityCheck quality = result.quality();
    if (quality != null) {
      line(text, "Quality    the twentieth of lowest quality against the others:");
      line(text, "  judged wrong                  %s", words(quality.wrong()));
      line(
          text,
          "  one person, missed at %.3f   %s",
          quality.missThreshold(),
          words(quality.missed()));
    }
    line(
        text,
        "No face    %d pictures (of several faces the most central counts)",
        result.failedToDetect());
    result.failed().forEach(failed -> line(text, "  %s: %s", failed.image(), failed.error()));
    return text.toString();
  }

  private static String row(String rate, ErrorRate at) {
    String accepted =
        at.misses() == 0
            ? String.format(Locale.ROOT, "no miss: at least %.2f %%", 100 * at.tarLow())
            : String.format(
                Locale.ROOT,
                "%.2f %% [%.2f, %.2f]",
                100 * at.tar(),
                100 * at.tarLow(),
                100 * at.tarHigh());
    Double low = at.falseMatchLow();
    Double high = at.falseMatchHigh();
    String matches =
        at.falseMatches() == 0 && high != null
            ? String.format(Locale.ROOT, "none: FMR at most %.1e (3/n)", high)
            : low == null || high == null
                ? String.valueOf(at.falseMatches())
                : String.format(Locale.ROOT, "%d, FMR [%.1e, %.1e]", at.falseMatches(), low, high);
    return String.format(
        Locale.ROOT, "  %-8s %.3f      %-26s %s", rate, at.threshold(), accepted, matches);
  }

  private static String words(Split split) {
    return String.format(
        Locale.ROOT,
        "%s (below %.2f) against %s",
        share(split.lowestErrors(), split.lowestPairs()),
        split.belowQuality(),
        share(split.otherErrors(), split.otherPairs()));
  }

  private static String share(long errors, long pairs) {
    return String.format(Locale.ROOT, "%.2f %% of %d", 100.0 * errors / Math.max(1, pairs), pairs);
  }

  private static void line(StringBuilder text, String format, @Nullable Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  /** Several results beside each other. */
  static String table(List<Evaluation> results) {
    var text = new StringBuilder();
    line(
        text,
        "%-18s %-20s %-6s %-34s %8s %8s %9s %9s %8s",
        "model",
        "alignment",
        "mirror",
        "gate",
        "left out",
        "accuracy",
        "TAR 1e-3",
        "TAR 1e-4",
        "no face");
    for (Evaluation result : results) {
      line(
          text,
          "%-18s %-20s %-6s %-34s %8d %8.2f %9s %9s %8d",
          result.model(),
          result.alignment(),
          result.mirrored() ? "yes" : "no",
          result.gate(),
          result.leftOut(),
          100 * result.accuracy(),
          percent(result.tar().get("1e-3")),
          percent(result.tar().get("1e-4")),
          result.failedToDetect());
    }
    return text.toString();
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
