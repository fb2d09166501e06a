package io.facelogin.infra.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether quality predicts errors: the share of missed pairs of one person, at a fixed threshold,
 * once the pairs of the lowest quality are left out (error versus discard, ISO/IEC 29794-1). The
 * quality of a pair is the lower of its two faces'.
 */
public final class RejectCurve {

  private static final double LOWEST_SHARE = 0.05;

  private final List<ScoredPair> ascending;

  /**
   * @param pairs those with a quality count
   */
  public RejectCurve(List<ScoredPair> pairs) {
    this.ascending =
        pairs.stream()
            .filter(pair -> pair.quality().isPresent())
            .sorted(Comparator.comparingDouble(pair -> pair.quality().orElseThrow()))
            .toList();
  }

  /**
   * Errors among the lowest and among all others.
   *
   * @param belowQuality the quality that divides the two
   */
  public record Split(
      double belowQuality, long lowestErrors, long lowestPairs, long otherErrors, long otherPairs) {

    public double lowestRate() {
      return lowestPairs == 0 ? 0 : (double) lowestErrors / lowestPairs;
    }

    public double otherRate() {
      return otherPairs == 0 ? 0 : (double) otherErrors / otherPairs;
    }
  }

  /**
   * The twentieth of lowest quality against the rest, over pairs of both kinds.
   *
   * @param error which pairs are errors
   */
  public Split split(Predicate<ScoredPair> error) {
    return split(ascending, error);
  }

  /** The same over the pairs of one person, where a miss is the error. */
  public Split splitOfMisses(double threshold) {
    return split(genuine(), pair -> !pair.reaches(threshold));
  }

  private static Split split(List<ScoredPair> pairs, Predicate<ScoredPair> error) {
    int lowest = (int) Math.round(pairs.size() * LOWEST_SHARE);
    long lowestErrors = pairs.subList(0, lowest).stream().filter(error).count();
    long others = pairs.subList(lowest, pairs.size()).stream().filter(error).count();
    double divide = pairs.isEmpty() ? 0 : pairs.get(lowest).quality().orElseThrow();
    return new Split(divide, lowestErrors, lowest, others, pairs.size() - lowest);
  }

  private List<ScoredPair> genuine() {
    return ascending.stream().filter(pair -> pair.pair().same()).toList();
  }

  /**
   * @param rejected shares of the pairs of one person that are left out, each below 1
   * @return the share of misses among those that stay
   */
  public double[] missRates(double threshold, double[] rejected) {
    List<ScoredPair> genuine = genuine();
    double[] rates = new double[rejected.length];
    for (int i = 0; i < rejected.length; i++) {
      List<ScoredPair> kept =
          genuine.subList((int) Math.round(genuine.size() * rejected[i]), genuine.size());
      long misses = kept.stream().filter(pair -> !pair.reaches(threshold)).count();
      rates[i] = kept.isEmpty() ? 0 : (double) misses / kept.size();
    }
    return rates;
  }
}
