package io.facelogin.matcher.decision;

import io.facelogin.models.manifest.Manifest.ImpostorRate;
import java.util.List;

/**
 * Turns a wanted chance of error into a threshold. A stranger has one chance per person enrolled:
 * FPIR = 1 - (1 - FMR)^N, so one comparison must be passed by a stranger no more often than FMR = 1
 * - (1 - FPIR)^(1/N). The threshold for it comes from the measured table of the encoder: log-linear
 * between its points, and beyond them along the line through the two nearest, which is then an
 * extrapolation and said to be one.
 */
public final class ThresholdPolicy {

  private final List<ImpostorRate> table;
  private final double fpir;
  private final double maxFalseMatchRate;

  /**
   * @param cosineSimilarity from which somebody is accepted
   * @param fpirAtGallerySize chance that a stranger reaches it with somebody in the gallery
   * @param extrapolated beyond what was measured
   */
  public record Threshold(float cosineSimilarity, double fpirAtGallerySize, boolean extrapolated) {}

  /**
   * @param table falling false match rates with rising thresholds
   * @throws IllegalArgumentException if the table has fewer than two points: then nobody can say
   *     what a similarity means
   */
  public ThresholdPolicy(List<ImpostorRate> table, double fpir, double maxFalseMatchRate) {
    if (table.size() < 2) {
      throw new IllegalArgumentException(
          "The encoder's manifest has "
              + table.size()
              + " points of impostor-similarity, at least 2 are needed to derive a threshold");
    }
    this.table = List.copyOf(table);
    this.fpir = fpir;
    this.maxFalseMatchRate = maxFalseMatchRate;
  }

  /**
   * @param people in the gallery; 0 counts as 1
   */
  public Threshold at(int people) {
    int chances = Math.max(1, people);
    double falseMatchRate = -Math.expm1(Math.log1p(-fpir) / chances);
    return threshold(Math.min(falseMatchRate, maxFalseMatchRate), chances);
  }

  /** The similarity that pairs of different people reach no more often than this. */
  public float thresholdFor(double falseMatchRate) {
    return threshold(falseMatchRate, 1).cosineSimilarity();
  }

  private Threshold threshold(double falseMatchRate, int chances) {
    int upper = 1;
    while (upper < table.size() - 1 && table.get(upper).falseMatchRate() > falseMatchRate) {
      upper++;
    }
    ImpostorRate a = table.get(upper - 1);
    ImpostorRate b = table.get(upper);
    double share =
        Math.log(falseMatchRate / a.falseMatchRate())
            / Math.log(b.falseMatchRate() / a.falseMatchRate());
    double similarity = a.threshold() + share * (b.threshold() - a.threshold());
    double fpirThere = -Math.expm1(chances * Math.log1p(-falseMatchRate));
    return new Threshold((float) Math.min(1, similarity), fpirThere, share < 0 || share > 1);
  }
}
