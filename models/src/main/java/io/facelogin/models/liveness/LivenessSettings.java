package io.facelogin.models.liveness;

import java.time.Duration;

/**
 * What a site asks of a face before it opens anything. Matcher and web stage must agree on it.
 *
 * @param attackCheck whether a login needs the passive check passed
 * @param challenge whether it needs a challenge done
 * @param attackCheckAtCameras whether people at site cameras are named only if the passive check
 *     passed; otherwise its score is shown, no more
 * @param stills whether single pictures are compared over REST, which nobody can check for life
 * @param patience for a check that does not answer, from a track's first frame on
 * @param challengeTime to do what was asked for
 * @param maxFrameAge of a login's frame when it is judged
 * @param clockTolerance a frame may come from the future by so much, since clocks differ
 */
public record LivenessSettings(
    boolean attackCheck,
    Rule challenge,
    boolean attackCheckAtCameras,
    boolean stills,
    AttackLimits limits,
    Duration patience,
    Duration challengeTime,
    Duration maxFrameAge,
    Duration clockTolerance) {

  /** When a challenge is asked for. */
  public enum Rule {
    /** Where the passive check is wanted, and finds too little for it or against it. */
    AUTO,
    ALWAYS,
    OFF
  }

  /** A challenge that lasts longer was not made by us. */
  public static final Duration LONGEST_CHALLENGE = Duration.ofMinutes(2);

  public LivenessSettings {
    positive(patience, "patience");
    positive(challengeTime, "challengeTime");
    positive(maxFrameAge, "maxFrameAge");
    positive(clockTolerance, "clockTolerance");
    if (challengeTime.compareTo(LONGEST_CHALLENGE) > 0) {
      throw new IllegalArgumentException(
          "challengeTime must be at most " + LONGEST_CHALLENGE + ", got " + challengeTime);
    }
  }

  private static void positive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, got " + value);
    }
  }

  public static LivenessSettings defaults() {
    return new LivenessSettings(
        true,
        Rule.AUTO,
        false,
        true,
        AttackLimits.defaults(),
        Duration.ofSeconds(12),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }

  /**
   * How long the passive check may take before acts are asked for: after that it seldom answers.
   */
  public Duration unsureAfter() {
    return patience.dividedBy(3);
  }

  /** No check at all: a photograph opens the door. For tests with photographs, and said openly. */
  public static LivenessSettings off() {
    return defaults().withAttackCheck(false).withChallenge(Rule.OFF);
  }

  /** No networks: everybody must do what is asked for. */
  public static LivenessSettings challengeOnly() {
    return defaults().withAttackCheck(false).withChallenge(Rule.ALWAYS);
  }

  public LivenessSettings withAttackCheck(boolean required) {
    return new LivenessSettings(
        required,
        challenge,
        attackCheckAtCameras,
        stills,
        limits,
        patience,
        challengeTime,
        maxFrameAge,
        clockTolerance);
  }

  public LivenessSettings withChallenge(Rule rule) {
    return new LivenessSettings(
        attackCheck,
        rule,
        attackCheckAtCameras,
        stills,
        limits,
        patience,
        challengeTime,
        maxFrameAge,
        clockTolerance);
  }

  public LivenessSettings withAttackCheckAtCameras(boolean required) {
    return new LivenessSettings(
        attackCheck,
        challenge,
        required,
        stills,
        limits,
        patience,
        challengeTime,
        maxFrameAge,
        clockTolerance);
  }

  public LivenessSettings withStills(boolean allowed) {
    return new LivenessSettings(
        attackCheck,
        challenge,
        attackCheckAtCameras,
        allowed,
        limits,
        patience,
        challengeTime,
        maxFrameAge,
        clockTolerance);
  }

  public LivenessSettings withLimits(AttackLimits newLimits) {
    return new LivenessSettings(
        attackCheck,
        challenge,
        attackCheckAtCameras,
        stills,
        newLimits,
        patience,
        challengeTime,
        maxFrameAge,
        clockTolerance);
  }

  public LivenessSettings withPatience(Duration newPatience) {
    return new LivenessSettings(
        attackCheck,
        challenge,
        attackCheckAtCameras,
        stills,
        limits,
        newPatience,
        challengeTime,
        maxFrameAge,
        clockTolerance);
  }
}
