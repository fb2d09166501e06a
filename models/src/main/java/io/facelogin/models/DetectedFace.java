package io.facelogin.models;

import io.facelogin.models.geometry.Box;
import io.facelogin.models.geometry.Landmarks;

/**
 * One face in one picture.
 *
 * @param detectionScore the detector's own probability, 0 to 1; says nothing about who it is
 */
public record DetectedFace(Box boxPx, Landmarks landmarksPx, float detectionScore) {

  /** The same face elsewhere in the picture. */
  public DetectedFace moved(float dxPx, float dyPx) {
    return new DetectedFace(boxPx.moved(dxPx, dyPx), landmarksPx.moved(dxPx, dyPx), detectionScore);
  }
}
