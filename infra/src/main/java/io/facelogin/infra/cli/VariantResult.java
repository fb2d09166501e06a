package io.facelogin.infra.cli;

import io.facelogin.infra.cli.VariantNetworks.Seen;
import io.facelogin.infra.evaluation.ErrorRates;
import io.facelogin.infra.evaluation.ImpostorScores;
import io.facelogin.infra.evaluation.Judgement;
import io.facelogin.infra.evaluation.LabelledPictures;
import io.facelogin.infra.evaluation.Pair;
import io.facelogin.infra.evaluation.RejectCurve;
import io.facelogin.infra.evaluation.ScoredPair;
import io.facelogin.models.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one variant reached.
 *
 * @param judged pairs after the gate
 * @param leftOut pairs that the gate kept out
 * @param seen of the pictures that the gate let through
 */
record VariantResult(
    Variant variant,
    Manifest manifest,
    LabelledPictures pictures,
    List<ScoredPair> judged,
    int leftOut,
    Map<Path, Seen> seen,
    Judgement judgement,
    ErrorRates rates,
    RejectCurve quality) {

  /**
   * @param place of the variant among those that the subjects were encoded for
   * @param known threshold for a list without folds
   * @throws MisuseException if the gate leaves no pairs of a kind
   */
  static VariantResult of(
      Variant variant,
      int place,
      Manifest manifest,
      LabelledPictures pictures,
      Subjects subjects,
      OptionalDouble known,
      long seed) {
    Map<Path, Seen> seen = new LinkedHashMap<>();
    for (Path picture : pictures.pictures()) {
      subjects
          .of(picture, place)
          .filter(face -> variant.gate().lets(face.quality()))
          .ifPresent(face -> seen.put(picture, face));
    }
    List<ScoredPair> judged = new ArrayList<>();
    for (Pair pair : pictures.pairs()) {
      if (isLet(pair.image1(), seen, subjects, place)
          && isLet(pair.image2(), seen, subjects, place)) {
        judged.add(scored(pair, seen));
      }
    }
    requireBothKinds(judged, variant);
    ImpostorScores impostors = impostors(pictures, seen, judged);
    return new VariantResult(
        variant,
        manifest,
        pictures,
        judged,
        pictures.pairs().size() - judged.size(),
        seen,
        Judgement.of(judged, known),
        new ErrorRates(pictures, judged, impostors, seed),
        new RejectCurve(judged));
  }

  /** A picture without a found face stays: it is an error, not a choice. */
  private static boolean isLet(Path picture, Map<Path, Seen> seen, Subjects subjects, int place) {
    return seen.containsKey(picture) || subjects.of(picture, place).isEmpty();
  }

  private static ScoredPair scored(Pair pair, Map<Path, Seen> seen) {
    Optional<Seen> first = Optional.ofNullable(seen.get(pair.image1()));
    Optional<Seen> second = Optional.ofNullable(seen.get(pair.image2()));
    if (first.isEmpty() || second.isEmpty()) {
      return new ScoredPair(pair, OptionalDouble.empty(), OptionalDouble.empty());
    }
    return new ScoredPair(
        pair,
        OptionalDouble.of(first.get().embedding().cosineSimilarity(second.get().embedding())),
        OptionalDouble.of(
            Math.min(first.get().quality().overall(), second.get().quality().overall())));
  }

  private static void requireBothKinds(List<ScoredPair> judged, Variant variant) {
    for (boolean same : new boolean[] {true, false}) {
      if (judged.stream()
          .noneMatch(pair -> pair.pair().same() == same && pair.cosineSimilarity().isPresent())) {
        throw new MisuseException(
            "No pair of %s is left to judge (gate: %s): a result needs both kinds"
                .formatted(same ? "one person" : "two people", variant.gate()));
      }
    }
  }

  private static ImpostorScores impostors(
      LabelledPictures pictures, Map<Path, Seen> seen, List<ScoredPair> judged) {
    if (pictures.people().isEmpty()) {
      return ImpostorScores.ofListed(judged);
    }
    return ImpostorScores.ofAll(vectors(seen), people(pictures, seen));
  }

  private static List<float[]> vectors(Map<Path, Seen> seen) {
    return seen.values().stream().map(face -> face.embedding().vector()).toList();
  }

  private static int[] people(LabelledPictures pictures, Map<Path, Seen> seen) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    return seen.keySet().stream()
        .map(picture -> String.valueOf(pictures.people().get(picture)))
        .mapToInt(person -> numbers.computeIfAbsent(person, name -> numbers.size()))
        .toArray();
  }

  /** At which misses are told: the rarest false matches that the data carries, down to 1e-4. */
  double missThreshold() {
    return rates.points().stream()
        .filter(point -> point.falseMatchRate() >= 1e-4)
        .min(Comparator.comparingDouble(point -> point.falseMatchRate()))
        .map(point -> point.threshold())
        .orElse(judgement.threshold());
  }
}
