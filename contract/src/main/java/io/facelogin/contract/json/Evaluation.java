package io.facelogin.contract.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well a network tells people apart on labelled pictures.
 *
 * @param pairs those that were judged
 * @param accuracy share of the pairs judged right; a pair whose face was not found is judged wrong
 * @param threshold cosine similarity; the mean of the folds' where each fold had its own
 * @param tar true accept rate by false match rate, such as "1e-3"
 * @param failedToDetect pictures in which no face was found or that could not be read
 * @param thresholdFrom where the thresholds come from: FOLDS, CROSS_VALIDATED or MANIFEST
 * @param groups accuracy of each kind of pairs; empty where the list names none
 * @param failed those pictures
 * @param data name of the list or folder
 * @param mirrored whether each face was encoded with its mirror image
 * @param gate which faces were left out, such as "quality at least 0.40"; "none": no face was
 * @param leftOut pairs that were not judged because of it
 * @param accuracyDeviation standard deviation of the folds' accuracies
 * @param people 0 where only pairs are known
 * @param impostorPairs compared for the rates: all that there are, where people are known
 * @param equalErrorRate where as many are missed as falsely matched
 * @param errorRates at round false match rates, as far as the data carries
 * @param atThreshold the same at {@code threshold}
 * @param groupErrors by group, at the thresholds of the accuracy
 * @param quality whether the quality predicts errors; absent where no face was found
 */
public record Evaluation(
    int pairs,
    double accuracy,
    double threshold,
    Map<String, Double> tar,
    int failedToDetect,
    String model,
    String thresholdFrom,
    Map<String, Double> groups,
    List<UnusablePicture> failed,
    String data,
    String alignment,
    boolean mirrored,
    String gate,
    int leftOut,
    double accuracyDeviation,
    int folds,
    int people,
    int genuinePairs,
    long impostorPairs,
    double equalErrorRate,
    List<ErrorRate> errorRates,
    ErrorRate atThreshold,
    Map<String, GroupErrors> groupErrors,
    @Nullable QualityCheck quality) {

  /**
   * Errors at one threshold; intervals are of 95 % confidence.
   *
   * @param falseMatchLow absent, like {@code falseMatchHigh}, where it was not measured
   * @param tarHigh of the true accept rate
   */
  public record ErrorRate(
      double falseMatchRate,
      double threshold,
      long falseMatches,
      @Nullable Double falseMatchLow,
      @Nullable Double falseMatchHigh,
      double tar,
      long misses,
      double tarLow,
      double tarHigh) {}

  /** Errors within one group. */
  public record GroupErrors(
      long genuinePairs, long misses, long impostorPairs, long falseMatches) {}

  /**
   * Errors among the twentieth of lowest quality and among the rest; a pair is as good as its worse
   * face.
   *
   * @param wrong pairs judged wrong
   * @param missed pairs of one person below {@code missThreshold}
   * @param missesByRejectedShare the share missed of those that stay, once so many of the lowest
   *     quality are left out
   */
  public record QualityCheck(
      Split wrong, Split missed, double missThreshold, Map<String, Double> missesByRejectedShare) {}

  /**
   * @param belowQuality divides the lowest from the others
   */
  public record Split(
      double belowQuality,
      long lowestErrors,
      long lowestPairs,
      long otherErrors,
      long otherPairs) {}
}
