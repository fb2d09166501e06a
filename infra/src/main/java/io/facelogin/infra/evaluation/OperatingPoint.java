package io.facelogin.infra.evaluation;

import java.util.Optional;

/**
 * What happens at one threshold.
 *
 * @param falseMatchRate the rate that the threshold was chosen for, or the one measured at it
 * @param threshold cosine similarity
 * @param falseMatches pairs of different people that reach it
 * @param impostorPairs of so many
 * @param misses pairs of one person that do not reach it, those without a found face among them
 * @param genuinePairs of so many
 * @param missRate from where to where the share of misses lies (false non-match rate)
 * @param falseMatchInterval the same of false matches; absent where nobody knows the people, or the
 *     false matches are too many to be drawn again
 */
public record OperatingPoint(
    double falseMatchRate,
    double threshold,
    long falseMatches,
    long impostorPairs,
    long misses,
    long genuinePairs,
    Interval missRate,
    Optional<Interval> falseMatchInterval) {

  public double trueAcceptRate() {
    return genuinePairs == 0 ? 0 : 1 - (double) misses / genuinePairs;
  }
}
