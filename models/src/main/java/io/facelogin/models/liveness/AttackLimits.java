package io.facelogin.models.liveness;

/**
 * From where on the passive check has answered.
 *
 * @param attackScore mean over a track from which on it is an attack, 0 to 1; the manifest of the
 *     attack network has it
 * @param relief from which on a track has moved as only a solid, living face does, 0 to 1
 * @param scoredFrames fewer frames with a score say nothing
 * @param mostScoredFrames a mean that is still too high after so many frames stays too high
 */
public record AttackLimits(
    double attackScore, double relief, int scoredFrames, int mostScoredFrames) {

  public AttackLimits {
    if (!(attackScore > 0 && attackScore <= 1)) {
      throw new IllegalArgumentException(
          "attackScore must be above 0 and at most 1, got " + attackScore);
    }
    if (!(relief >= 0 && relief <= 1)) {
      throw new IllegalArgumentException("relief must be 0 to 1, got " + relief);
    }
    if (scoredFrames < 1 || mostScoredFrames < scoredFrames) {
      throw new IllegalArgumentException(
          "scoredFrames must be at least 1 and mostScoredFrames no less, got "
              + scoredFrames
              + " and "
              + mostScoredFrames);
    }
  }

  public static AttackLimits defaults() {
    return new AttackLimits(0.5, 0.5, 5, 15);
  }

  public AttackLimits withAttackScore(double threshold) {
    return new AttackLimits(threshold, relief, scoredFrames, mostScoredFrames);
  }
}
