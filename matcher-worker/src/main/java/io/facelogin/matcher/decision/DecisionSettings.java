package io.facelogin.matcher.decision;

import java.time.Duration;

/**
 * When somebody counts as recognised.
 *
 * @param fpir wanted chance that a stranger is accepted, at whatever size of the gallery
 * @param maxFalseMatchRate however small the gallery, one comparison must not be easier to pass
 *     than this: with one person enrolled, the FPIR alone would ask little
 * @param goodFrames a track is decided from this many good frames on
 * @param framesRemembered the latest good frames that count, at most
 * @param margin the best person must be this much more similar than the next, as cosine
 * @param standingAllowance who was accepted on a track stays so while at most this much below the
 *     threshold, as cosine, so that one poor frame changes nothing
 * @param trackIdle a track that was not seen for this long, by the time of its camera, is over
 * @param cameraSilent the tracks of a camera from which nothing came for this long are over too;
 *     longer than it takes to replace a stage that died, whose work comes late, not never
 */
public record DecisionSettings(
    double fpir,
    double maxFalseMatchRate,
    int goodFrames,
    int framesRemembered,
    float margin,
    float standingAllowance,
    Duration trackIdle,
    Duration cameraSilent) {

  public DecisionSettings {
    if (!(fpir > 0 && fpir < 1)) {
      throw new IllegalArgumentException("fpir must be between 0 and 1, got " + fpir);
    }
    if (!(maxFalseMatchRate > 0 && maxFalseMatchRate <= 1)) {
      throw new IllegalArgumentException(
          "maxFalseMatchRate must be above 0 and at most 1, got " + maxFalseMatchRate);
    }
    if (goodFrames < 1 || framesRemembered < goodFrames || framesRemembered > 100) {
      throw new IllegalArgumentException(
          "goodFrames must be at least 1 and framesRemembered from there to 100, got "
              + goodFrames
              + " and "
              + framesRemembered);
    }
    if (!(margin >= 0 && margin <= 1) || !(standingAllowance >= 0 && standingAllowance <= 1)) {
      throw new IllegalArgumentException(
          "margin and standingAllowance must be 0 to 1, got "
              + margin
              + " and "
              + standingAllowance);
    }
    if (trackIdle.isNegative() || trackIdle.isZero()) {
      throw new IllegalArgumentException("trackIdle must be positive, got " + trackIdle);
    }
    if (cameraSilent.compareTo(trackIdle) < 0) {
      throw new IllegalArgumentException(
          "cameraSilent must be at least trackIdle, " + trackIdle + ", got " + cameraSilent);
    }
  }

  public static DecisionSettings defaults() {
    return new DecisionSettings(
        1e-3, 1e-4, 3, 10, 0.05f, 0.05f, Duration.ofSeconds(10), Duration.ofMinutes(1));
  }

  public DecisionSettings withFpir(double fpir) {
    return new DecisionSettings(
        fpir,
        maxFalseMatchRate,
        goodFrames,
        framesRemembered,
        margin,
        standingAllowance,
        trackIdle,
        cameraSilent);
  }

  public DecisionSettings withGoodFrames(int goodFrames) {
    return new DecisionSettings(
        fpir,
        maxFalseMatchRate,
        goodFrames,
        Math.max(goodFrames, framesRemembered),
        margin,
        standingAllowance,
        trackIdle,
        cameraSilent);
  }

  /** For who knows that all stages run: nobody waits for the last word longer than he must. */
  public DecisionSettings withoutPatienceForCameras() {
    return new DecisionSettings(
        fpir,
        maxFalseMatchRate,
        goodFrames,
        framesRemembered,
        margin,
        standingAllowance,
        trackIdle,
        trackIdle);
  }
}
