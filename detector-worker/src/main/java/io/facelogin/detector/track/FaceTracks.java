package io.facelogin.detector.track;

import io.facelogin.models.geometry.Box;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tracks of all cameras that one worker serves. One thread.
 *
 * <p>Cameras that sent nothing for a minute are forgotten: browsers come under a new id each time.
 */
public final class FaceTracks {

  private static final long FORGET_US = Duration.ofMinutes(1).toNanos() / 1000;

  private final long timeoutUs;
  private final Map<String, CameraTracks> byCamera = new HashMap<>();

  /**
   * @param timeout a face that was away for longer comes back as a new track
   */
  public FaceTracks(Duration timeout) {
    this.timeoutUs = timeout.toNanos() / 1000;
  }

  /**
   * @param atUs when the frame was taken, microseconds since the epoch
   * @return for each box the id of its track, unique within the camera, even over restarts
   */
  public long[] follow(String cameraId, long atUs, List<Box> boxes) {
    byCamera.values().removeIf(camera -> atUs - camera.lastSeenUs() > FORGET_US);
    return byCamera
        .computeIfAbsent(cameraId, id -> new CameraTracks(timeoutUs))
        .follow(atUs, boxes);
  }
}
