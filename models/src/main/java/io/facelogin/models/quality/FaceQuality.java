package io.facelogin.models.quality;

import io.facelogin.contract.v1.Reason;
import java.util.List;

/**
 * How good one face in one picture is.
 *
 * @param overall 0 (useless) to 1 (as good as it gets); weighs the frames of a track. Before
 *     encoding it speaks of the picture alone
 * @param sharpness variance of the Laplacian of the face within the aligned grey crop
 * @param brightness mean of the same, 0 to 255
 * @param contrast standard deviation of the same, 0 to 127
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

  /**
   * After encoding: what can be seen of the picture and what the network made of it.
   *
   * @param recognisability 0 to 1, see {@link io.facelogin.models.Encoder#recognisability}
   */
  public FaceQuality weighedBy(float recognisability) {
    return new FaceQuality(
        overall * recognisability,
        sharpness,
        brightness,
        contrast,
        yawDegrees,
        pitchDegrees,
        rollDegrees,
        eyeDistancePx,
        reasons);
  }

  /** Nothing is wrong with it. */
  public boolean isGood() {
    return reasons.isEmpty();
  }
}
