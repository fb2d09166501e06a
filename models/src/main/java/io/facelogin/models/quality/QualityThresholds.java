package io.facelogin.models.quality;

/**
 * From where on a face is not good enough. The defaults refuse what an encoder cannot use, not what
 * is merely unflattering: press photographs and webcams pass.
 *
 * @param minEyeDistancePx below: TOO_SMALL
 * @param minBrightness mean of the grey face, 0 to 255; below: TOO_DARK
 * @param maxBrightness above: TOO_BRIGHT
 * @param maxClippedShare share of white pixels of a picture without a found face; above: TOO_BRIGHT
 * @param minSharpness variance of the Laplacian of the face in the aligned crop; below: BLURRED. Of
 *     a face so small that it was enlarged for the crop, less is asked
 * @param maxYawDegrees beyond, to either side: TURNED_AWAY
 * @param maxPitchDegrees beyond, up or down: TURNED_AWAY
 * @param maxOutsideShare share of the face's box outside of the picture; above: CUT_OFF
 */
public record QualityThresholds(
    float minEyeDistancePx,
    float minBrightness,
    float maxBrightness,
    float maxClippedShare,
    float minSharpness,
    float maxYawDegrees,
    float maxPitchDegrees,
    float maxOutsideShare) {

  public QualityThresholds {
    if (minBrightness >= maxBrightness) {
      throw new IllegalArgumentException(
          "minBrightness " + minBrightness + " must be below maxBrightness " + maxBrightness);
    }
  }

  public static QualityThresholds defaults() {
    return new QualityThresholds(16, 30, 225, 0.25f, 12, 50, 40, 0.2f);
  }
}
