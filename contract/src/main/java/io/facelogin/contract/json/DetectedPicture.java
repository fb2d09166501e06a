package io.facelogin.contract.json;

import java.util.List;

/**
 * The faces of one picture, in pixels of the upright picture.
 *
 * @param image as the caller named it
 * @param faces best score first; empty where there is none
 */
public record DetectedPicture(String image, int width, int height, List<Face> faces)
    implements Detection {

  /**
   * @param box x1, y1, x2, y2
   * @param score the detector's own probability, 0 to 1
   * @param landmarks left eye, right eye, nose, left and right corner of the mouth; each x, y
   */
  public record Face(
      List<Double> box, double score, List<List<Double>> landmarks, Quality quality) {}

  /**
   * @param overall 0 (useless) to 1 (as good as it gets)
   * @param brightness 0 to 255
   * @param contrast 0 to 127
   * @param yawDegrees positive: turned towards the right side of the picture
   * @param pitchDegrees positive: up
   * @param rollDegrees positive: tilted clockwise
   * @param reasons what is wrong; empty: good
   */
  public record Quality(
      double overall,
      double sharpness,
      double brightness,
      double contrast,
      double yawDegrees,
      double pitchDegrees,
      double rollDegrees,
      double eyeDistancePx,
      List<String> reasons) {}
}
