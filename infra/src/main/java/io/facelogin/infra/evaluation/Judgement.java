package io.facelogin.infra.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scored pairs judged, each with a threshold that was not chosen on it.
 *
 * @param accuracy share judged right
 * @param deviation standard deviation of the folds' accuracies; 0 with one fold
 * @param threshold the mean of the folds' thresholds, or the only one
 * @param wrong the pairs judged wrong
 * @param groups by name; empty where pairs have none
 */
public record Judgement(
    double accuracy,
    double deviation,
    int folds,
    double threshold,
    ThresholdSource thresholdSource,
    Set<ScoredPair> wrong,
    Map<String, Group> groups) {

  /**
   * The pairs of one group.
   *
   * @param misses pairs of one person judged as two
   * @param falseMatches pairs of two people judged as one; a pair without a found face is neither
   *     but wrong
   */
  public record Group(
      double accuracy, long genuinePairs, long misses, long impostorPairs, long falseMatches) {}

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
      return judged(List.of(new Fold(pairs, known.getAsDouble())), ThresholdSource.MANIFEST);
    }
    return crossJudged(madeFolds(pairs), ThresholdSource.CROSS_VALIDATED);
  }

  /** The threshold that judges most of the pairs right: for pairs that are yet to come. */
  public static double bestThreshold(List<ScoredPair> pairs) {
    return Thresholds.mostAccurate(pairs);
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
    List<Fold> judged = new ArrayList<>();
    for (List<ScoredPair> fold : folds) {
      List<ScoredPair> others =
          folds.stream().filter(other -> other != fold).flatMap(List::stream).toList();
      judged.add(new Fold(fold, Thresholds.mostAccurate(others)));
    }
    return judged(judged, source);
  }

  /** Pairs and the threshold that they are judged by. */
  private record Fold(List<ScoredPair> pairs, double threshold) {

    double accuracy() {
      return (double) pairs.stream().filter(pair -> pair.isRightAt(threshold)).count()
          / pairs.size();
    }
  }

  private static Judgement judged(List<Fold> folds, ThresholdSource source) {
    Set<ScoredPair> wrong = new HashSet<>();
    for (Fold fold : folds) {
      fold.pairs().stream().filter(pair -> !pair.isRightAt(fold.threshold())).forEach(wrong::add);
    }
    List<ScoredPair> all = folds.stream().flatMap(fold -> fold.pairs().stream()).toList();
    long errors = all.stream().filter(wrong::contains).count();
    return new Judgement(
        1 - (double) errors / all.size(),
        deviation(folds.stream().mapToDouble(Fold::accuracy).toArray()),
        folds.size(),
        folds.stream().mapToDouble(Fold::threshold).average().orElse(0),
        source,
        wrong,
        groups(all, wrong));
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

  private static Map<String, Group> groups(List<ScoredPair> pairs, Set<ScoredPair> wrong) {
    Map<String, List<ScoredPair>> byName =
        pairs.stream()
            .filter(pair -> !pair.pair().group().isEmpty())
            .collect(
                Collectors.groupingBy(
                    pair -> pair.pair().group(), TreeMap::new, Collectors.toList()));
    Map<String, Group> groups = new LinkedHashMap<>();
    byName.forEach((name, members) -> groups.put(name, group(members, wrong)));
    return groups;
  }

  private static Group group(List<ScoredPair> pairs, Set<ScoredPair> wrong) {
    long genuine = pairs.stream().filter(pair -> pair.pair().same()).count();
    List<ScoredPair> faults = pairs.stream().filter(wrong::contains).toList();
    return new Group(
        1 - (double) faults.size() / pairs.size(),
        genuine,
        faults.stream().filter(pair -> pair.pair().same()).count(),
        pairs.size() - genuine,
        faults.stream()
            .filter(pair -> !pair.pair().same() && pair.cosineSimilarity().isPresent())
            .count());
  }
}
