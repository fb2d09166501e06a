package io.facelogin.infra.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Scored pairs judged, each with a threshold that was not chosen on it.
 *
 * @param accuracy share judged right
 * @param threshold the mean of the folds' thresholds, or the only one
 * @param groupAccuracy by group; empty where pairs have none
 */
public record Judgement(
    double accuracy,
    double threshold,
    ThresholdSource thresholdSource,
    Map<String, Double> groupAccuracy,
    Map<String, Double> trueAcceptRates) {

  /** Where thresholds come from. */
  public enum ThresholdSource {
    /** Each fold is judged with the threshold chosen on the others. */
    FOLDS,
    /** The same with ten folds made here, because the list has none and no threshold is known. */
    CROSS_VALIDATED,
    /** The manifest's, or the one given. */
    MANIFEST
  }

  private static final int MADE_FOLDS = 10;

  /** Rates below one in the number of pairs of two people would say nothing new. */
  private static final Map<String, Double> FALSE_MATCH_RATES = rates();

  private static Map<String, Double> rates() {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("1e-2", 1e-2);
    rates.put("1e-3", 1e-3);
    rates.put("1e-4", 1e-4);
    rates.put("1e-5", 1e-5);
    return rates;
  }

  /**
   * @param known threshold for a list without folds
   */
  public static Judgement of(List<ScoredPair> pairs, OptionalDouble known) {
    Map<String, List<ScoredPair>> folds =
        pairs.stream()
            .collect(
                Collectors.groupingBy(
                    pair -> pair.pair().fold(), LinkedHashMap::new, Collectors.toList()));
    if (folds.size() > 1) {
      return crossJudged(List.copyOf(folds.values()), ThresholdSource.FOLDS);
    }
    if (known.isPresent()) {
      List<Boolean> right =
          pairs.stream().map(pair -> pair.isRightAt(known.getAsDouble())).toList();
      return judgement(pairs, right, known.getAsDouble(), ThresholdSource.MANIFEST);
    }
    return crossJudged(madeFolds(pairs), ThresholdSource.CROSS_VALIDATED);
  }

  /** Every tenth pair of each kind, so that all folds have both. */
  private static List<List<ScoredPair>> madeFolds(List<ScoredPair> pairs) {
    List<List<ScoredPair>> folds = new ArrayList<>();
    for (int i = 0; i < MADE_FOLDS; i++) {
      folds.add(new ArrayList<>());
    }
    int[] next = new int[2];
    for (ScoredPair pair : pairs) {
      folds.get(next[pair.pair().same() ? 1 : 0]++ % MADE_FOLDS).add(pair);
    }
    return folds.stream().filter(fold -> !fold.isEmpty()).toList();
  }

  private static Judgement crossJudged(List<List<ScoredPair>> folds, ThresholdSource source) {
    List<ScoredPair> ordered = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    double sum = 0;
    for (List<ScoredPair> fold : folds) {
      List<ScoredPair> others =
          folds.stream().filter(other -> other != fold).flatMap(List::stream).toList();
      double threshold = Thresholds.mostAccurate(others);
      sum += threshold;
      fold.forEach(
          pair -> {
            ordered.add(pair);
            right.add(pair.isRightAt(threshold));
          });
    }
    return judgement(ordered, right, sum / folds.size(), source);
  }

  private static Judgement judgement(
      List<ScoredPair> pairs, List<Boolean> right, double threshold, ThresholdSource source) {
    Map<String, List<Boolean>> groups = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      groups.computeIfAbsent(pairs.get(i).pair().group(), g -> new ArrayList<>()).add(right.get(i));
    }
    groups.remove("");
    Map<String, Double> groupAccuracy = new LinkedHashMap<>();
    groups.forEach((group, rights) -> groupAccuracy.put(group, share(rights)));
    return new Judgement(share(right), threshold, source, groupAccuracy, trueAcceptRatesOf(pairs));
  }

  private static Map<String, Double> trueAcceptRatesOf(List<ScoredPair> pairs) {
    long differing = pairs.stream().filter(pair -> !pair.pair().same()).count();
    Map<String, Double> found = new LinkedHashMap<>();
    FALSE_MATCH_RATES.forEach(
        (name, rate) -> {
          if (rate >= 1e-3 || differing * rate >= 1) {
            found.put(name, Thresholds.trueAcceptRate(pairs, rate));
          }
        });
    return found;
  }

  private static double share(List<Boolean> right) {
    return (double) right.stream().filter(Boolean::booleanValue).count() / right.size();
  }
}
