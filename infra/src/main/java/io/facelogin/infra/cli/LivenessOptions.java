package io.facelogin.infra.cli;

import io.facelogin.models.liveness.LivenessSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options about photographs and screens held before a camera. */
final class LivenessOptions {

  /** Whether something is asked for. */
  enum Wanted {
    REQUIRED,
    OFF
  }

  /** Whether something is taken. */
  enum Taken {
    ALLOW,
    REFUSE
  }

  @Option(
      names = "--attack-check",
      paramLabel = "WHETHER",
      defaultValue = "required",
      description =
          "required: a login needs the check against photographs and screens passed; off: it does"
              + " not, and a photograph opens the door (default: ${DEFAULT-VALUE})")
  private Wanted attackCheck;

  @Option(
      names = "--challenge",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "when a login must do what the page asks for (turn, nod, come closer): always, off, or"
              + " auto, where the attack check finds too little: its networks are not to be had, or"
              + " somebody holds still for a third of --check-within (default: ${DEFAULT-VALUE})")
  private LivenessSettings.Rule challenge;

  @Option(
      names = "--attack-check-cameras",
      paramLabel = "WHETHER",
      defaultValue = "off",
      description =
          "required: people at site cameras are named only if the attack check passed; off: its"
              + " score is shown, no more (default: ${DEFAULT-VALUE})")
  private Wanted cameras;

  @Option(
      names = "--check-within",
      paramLabel = "SECONDS",
      defaultValue = "12",
      description =
          "a login whose checks have not passed after so long is refused"
              + " (default: ${DEFAULT-VALUE})")
  private int patienceSeconds;

  @Option(
      names = "--stills",
      paramLabel = "WHETHER",
      defaultValue = "allow",
      description =
          "allow or refuse identifying and verifying single pictures over REST, which nobody can"
              + " check for life (default: ${DEFAULT-VALUE})")
  private Taken stills;

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  LivenessSettings settings() {
    return LivenessSettings.defaults()
        .withAttackCheck(attackCheck == Wanted.REQUIRED)
        .withChallenge(challenge)
        .withAttackCheckAtCameras(cameras == Wanted.REQUIRED)
        .withStills(stills == Taken.ALLOW)
        .withPatience(Duration.ofSeconds(patienceSeconds));
  }
}
