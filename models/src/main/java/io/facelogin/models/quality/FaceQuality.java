package io.facelogin.models.quality;

import io.facelogin.contract.v1.Reason;
import java.util.List;

/**
 * How good one face in one picture is.
 *
 * @param overall 0 (useless) to 1 (as good as it gets); weighs the frames of a track
 * @param sharpness variance of the Laplacian of the aligned grey crop
 * @param brightness mean of the aligned grey crop, 0 to 255
 * @param contrast standard deviation of the aligned grey crop, 0 to 127
 * @param yawDegrees positive: turned towards the right side of the picture
 * @param pitchDegrees positive: up
 * @param rollDegrees positive: tilted clockwise in the picture
 * @param reasons what is wrong; empty: good
 */
public record FaceQuality(
    float overall,
    float sharpness,
    float brightness,
    float contrast,
    float yawDegrees,
    float pitchDegrees,
    float rollDegrees,
    float eyeDistancePx,
    List<Reason> reasons) {

  public FaceQuality {
    reasons = List.copyOf(reasons);
  }

  /** Nothing is wrong with it. */
  public boolean isGood() {
    return reasons.isEmpty();
  }
}
