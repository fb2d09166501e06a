package io.facelogin.infra.cli;

import static io.facelogin.infra.cli.JsonOutput.rounded;

import io.facelogin.contract.json.AttackEvaluation;
import io.facelogin.contract.json.AttackEvaluation.ErrorShare;
import io.facelogin.contract.json.AttackEvaluation.Rates;
import io.facelogin.contract.json.AttackEvaluation.Verdict;
import io.facelogin.contract.json.UnusablePicture;
import io.facelogin.infra.benchmark.Times;
import io.facelogin.infra.evaluation.attack.Judged;
import io.facelogin.infra.evaluation.attack.PresentationRates;
import io.facelogin.infra.evaluation.attack.PresentationRates.Rate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Puts the outcome of attacks into the contract's words, and into those of people. */
final class AttackReport {

  private AttackReport() {}

  static AttackEvaluation of(String data, String model, double threshold, List<Judged> judged) {
    return new AttackEvaluation(
        data,
        model,
        threshold,
        rates(judged.stream().filter(one -> !one.clip()).toList()),
        rates(judged.stream().filter(Judged::clip).toList()),
        judged.stream().filter(one -> one.fault().isEmpty()).map(AttackReport::verdict).toList(),
        judged.stream()
            .filter(one -> one.fault().isPresent())
            .map(
                one ->
                    new UnusablePicture(
                        one.presentation().file().toString(), one.fault().orElseThrow()))
            .toList());
  }

  private static Rates rates(List<Judged> judged) {
    PresentationRates rates = PresentationRates.of(judged);
    Map<String, ErrorShare> apcer = new LinkedHashMap<>();
    rates.apcer().forEach((species, rate) -> apcer.put(species, share(rate)));
    return new Rates(apcer, share(rates.bpcer()));
  }

  private static ErrorShare share(Rate rate) {
    return new ErrorShare(
        rate.errors(),
        rate.presentations(),
        rounded(rate.share(), 4),
        rounded(rate.interval().low(), 4),
        rounded(rate.interval().high(), 4));
  }

  private static Verdict verdict(Judged one) {
    return new Verdict(
        one.presentation().file().toString(),
        one.presentation().attack() ? one.presentation().species() : "live",
        one.presentation().attack(),
        one.passed(),
        rounded(one.attackScore().orElse(1), 4),
        one.relief().isPresent() ? rounded(one.relief().getAsDouble(), 3) : null,
        one.signs().stream().map(Enum::name).toList(),
        one.decidedAfter().map(Duration::toMillis).orElse(null));
  }

  /** For people. */
  static String text(AttackEvaluation result) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Attacks    %s: %s, attack score below %.2f passes (95 %% confidence in brackets)%n",
            result.data(),
            result.model(),
            result.threshold()));
    part(text, "Pictures, each by its score alone", result.pictures());
    part(text, "Clips, as a log-in: score over the track, signs, relief", result.clips());
    long asked = result.presentations().stream().filter(one -> isAsked(one, result)).count();
    if (asked > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %d of them, of whom too little was seen, --challenge auto asks for acts%n",
              asked));
    }
    Times decided = peopleDecided(result);
    if (decided.count() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  people who passed did so %.1f s after the first frame (median; 95 %%: %.1f s)%n",
              decided.p50Ms() / 1000,
              decided.p95Ms() / 1000));
    }
    for (Verdict wrong : result.presentations()) {
      if (wrong.attack() == wrong.passed()) {
        Double relief = wrong.relief();
        text.append(
            String.format(
                Locale.ROOT,
                "  %s (%s) was judged wrong: score %.2f%s%s%n",
                wrong.file(),
                wrong.kind(),
                wrong.attackScore(),
                relief == null ? "" : String.format(Locale.ROOT, ", relief %.2f", relief),
                wrong.signs().isEmpty() ? "" : ", " + String.join(", ", wrong.signs())));
      }
    }
    text.append(String.format(Locale.ROOT, "Not judged %d (in no rate)%n", result.failed().size()));
    result
        .failed()
        .forEach(
            failed ->
                text.append(
                    String.format(Locale.ROOT, "  %s: %s%n", failed.image(), failed.error())));
    return text.toString();
  }

  /** People in clips whom nothing speaks against, only too little for them. */
  private static boolean isAsked(Verdict one, AttackEvaluation result) {
    return !one.attack()
        && !one.passed()
        && one.relief() != null
        && one.signs().isEmpty()
        && one.attackScore() < result.threshold();
  }

  /** People in clips who passed: how long it took. */
  private static Times peopleDecided(AttackEvaluation result) {
    return Times.ofMicroseconds(
        result.presentations().stream()
            .filter(one -> !one.attack() && one.passed())
            .map(Verdict::decidedAfterMs)
            .filter(Objects::nonNull)
            .map(ms -> ms * 1000)
            .toList());
  }

  private static void part(StringBuilder text, String title, Rates rates) {
    if (rates.apcer().isEmpty() && rates.bpcer().presentations() == 0) {
      return;
    }
    text.append(String.format(Locale.ROOT, "%s:%n", title));
    rates.apcer().forEach((species, share) -> row(text, "APCER", species, share, "passed"));
    row(text, "BPCER", "people", rates.bpcer(), "turned away");
  }

  private static void row(
      StringBuilder text, String rate, String kind, ErrorShare share, String word) {
    if (share.presentations() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %s %-18s %d of %d %s: %.1f %% [%.1f, %.1f]%n",
              rate,
              kind,
              share.errors(),
              share.presentations(),
              word,
              100 * share.rate(),
              100 * share.low(),
              100 * share.high()));
    }
  }
}
