package io.facelogin.detector;

import java.time.Duration;

/**
 * What is looked for that speaks for or against a person being before the camera. Faces of log-ins
 * and enrolments are looked at in every frame, still pictures once.
 *
 * @param watch whether the best pictures of a track of a site camera are scored too
 * @param flatResidual what remains of a flat picture's motion beyond its plane, in eye distances:
 *     54 of 56 made clips of photographs stay below, all below 0.04 (docs/decisions/050)
 * @param solidResidual what most living faces show beyond any plane within a second or two
 * @param frozenFor the very same picture for so long is FROZEN; a camera that merely repeats a
 *     frame or two is not
 * @param memory how long frames of a track are compared with later ones
 */
public record PresentationSettings(
    boolean watch, float flatResidual, float solidResidual, Duration frozenFor, Duration memory) {

  public PresentationSettings {
    if (!(flatResidual > 0 && flatResidual < solidResidual)) {
      throw new IllegalArgumentException(
          "flatResidual must be above 0 and below solidResidual, got "
              + flatResidual
              + " and "
              + solidResidual);
    }
    Limits.positive(frozenFor, "frozenFor");
    Limits.positive(memory, "memory");
  }

  public static PresentationSettings defaults() {
    return new PresentationSettings(
        true, 0.025f, 0.055f, Duration.ofSeconds(1), Duration.ofMillis(1500));
  }
}
