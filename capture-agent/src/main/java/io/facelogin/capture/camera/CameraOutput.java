package io.facelogin.capture.camera;

import io.facelogin.capture.source.JpegPicture;
import io.facelogin.contract.v1.CameraState;
import java.time.Instant;

/** Where a camera's pictures and news go. Must not block: it would hold up the camera. */
public interface CameraOutput {

  void picture(JpegPicture picture, Instant capturedAt);

  /** A wanted picture that was damaged. */
  void unusable();

  /**
   * @param message for people, without passwords; empty while all is well
   */
  void state(CameraState state, String message);
}
