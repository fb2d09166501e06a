package io.facelogin.models.liveness;

import io.facelogin.contract.v1.Quality;

/**
 * How a head is held in one frame, from its landmarks.
 *
 * @param yawDegrees positive: towards the right side of the picture, the person's own left
 * @param pitchDegrees positive: up
 * @param eyeDistancePx grows as the face comes closer
 */
public record HeadLook(float yawDegrees, float pitchDegrees, float eyeDistancePx) {

  public static HeadLook of(Quality quality) {
    return new HeadLook(
        quality.getYawDegrees(), quality.getPitchDegrees(), quality.getEyeDistancePx());
  }

  boolean isUsable() {
    return Float.isFinite(yawDegrees) && Float.isFinite(pitchDegrees) && eyeDistancePx > 0;
  }
}
