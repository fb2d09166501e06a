package io.facelogin.matcher.decision;

import io.facelogin.models.manifest.ImpostorDistribution;
import java.util.Optional;

/**
 * Turns a wanted chance of error into a threshold. A stranger has one chance per person enrolled:
 * FPIR = 1 - (1 - FMR)^N, so one comparison must be passed by a stranger no more often than FMR = 1
 * - (1 - FPIR)^(1/N). The similarity for it comes from the encoder's measured impostor
 * distribution; beyond what was measured, from its tail, which is then said to be an extrapolation.
 *
 * <p>N counts chances, not people: see {@link #chances}. The formula takes chances as independent.
 * They are not quite (who resembles one person resembles others), which makes the real FPIR lower,
 * never higher, than promised. A track's mean over its frames is compared as if it were one
 * picture: pictures of different people do not grow more alike by averaging one of them, save where
 * they were taken by the same poor camera; docs/decisions has the measurements.
 */
public final class ThresholdPolicy {

  /**
   * A second template of somebody is less than a second chance. Measured on LFW with mobilefacenet
   * at similarity 0.55, people with 2, 3 and 5 pictures: 0.87, 0.84, 0.87; lower thresholds give
   * less.
   */
  private static final double TEMPLATE_EXPONENT = 0.87;

  /** Fewer pairs of the same person than this must not be left above a threshold. */
  private static final double LEAST_TRUE_ACCEPT_RATE = 0.5;

  /** Where nobody measured pairs of the same person. */
  private static final double MOST_SIMILAR_EXPECTED = 0.9;

  private final ImpostorDistribution impostors;
  private final double fpir;
  private final double maxFalseMatchRate;

  /**
   * @param cosineSimilarity from which somebody is accepted
   * @param fpirAtGallerySize chance that a stranger reaches it with somebody in the gallery
   * @param extrapolated beyond what was measured
   * @param trueAcceptRate share of pairs of pictures of the same person that reach it; empty where
   *     nobody measured it
   * @param reachable whether most people are still recognised. If not, the wanted FPIR cannot be
   *     had at this size of the gallery with this encoder: the threshold stays where it is, and
   *     people are turned away rather than mistaken
   */
  public record Threshold(
      float cosineSimilarity,
      double fpirAtGallerySize,
      boolean extrapolated,
      Optional<Double> trueAcceptRate,
      boolean reachable) {}

  /**
   * @param fpir wanted chance that a stranger is accepted
   * @param maxFalseMatchRate of one comparison, however small the gallery
   */
  public ThresholdPolicy(ImpostorDistribution impostors, double fpir, double maxFalseMatchRate) {
    this.impostors = impostors;
    this.fpir = fpir;
    this.maxFalseMatchRate = maxFalseMatchRate;
  }

  /** What the thresholds rest on, in words. */
  public String basis() {
    return impostors
        .evidence()
        .map(
            e ->
                "%,d pairs of %,d people (%s, %s), measured down to a false match rate of %.1e"
                    .formatted(
                        e.pairs(),
                        e.people(),
                        e.source(),
                        e.measured(),
                        impostors.leastMeasuredRate()))
        .orElseGet(
            () ->
                "a table of thresholds down to a false match rate of %.1e"
                    .formatted(impostors.leastMeasuredRate()));
  }

  /**
   * How many independent chances a stranger has. Between one per person (templates of a person all
   * alike) and one per template (nothing in common).
   *
   * @param people in the gallery; 0 counts as 1
   * @param templates of them together
   */
  static double chances(int people, int templates) {
    double each = Math.max(1, (double) templates / Math.max(1, people));
    return Math.max(1, people) * Math.pow(each, TEMPLATE_EXPONENT);
  }

  public Threshold at(int people, int templates) {
    double chances = chances(people, templates);
    double wanted = -Math.expm1(Math.log1p(-fpir) / chances);
    double falseMatchRate = Math.min(wanted, maxFalseMatchRate);
    double similarity = impostors.similarityAt(falseMatchRate);
    Optional<Double> accepted = impostors.trueAcceptRateAt(similarity);
    return new Threshold(
        // Above 1 nobody is accepted at all, as it should be.
        (float) similarity,
        -Math.expm1(chances * Math.log1p(-falseMatchRate)),
        falseMatchRate < impostors.leastMeasuredRate() * (1 - 1e-9),
        accepted,
        accepted
            .map(rate -> rate >= LEAST_TRUE_ACCEPT_RATE)
            .orElse(similarity <= MOST_SIMILAR_EXPECTED));
  }

  /** The similarity that pairs of different people reach no more often than this. */
  public float thresholdFor(double falseMatchRate) {
    return (float) Math.min(1, impostors.similarityAt(falseMatchRate));
  }
}
