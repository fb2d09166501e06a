package io.facelogin.infra.recording;

import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;

/** Names one frame. */
record FrameKey(String cameraId, long sequence) {

  static FrameKey of(FrameRef frame) {
    return new FrameKey(frame.getCameraId(), frame.getSequence());
  }

  /** Whether a camera or a browser took it; still pictures of the REST interface have no frame. */
  static boolean isOfVideo(FrameRef frame) {
    return frame.getPurpose() == Purpose.WATCH || frame.getPurpose() == Purpose.LOGIN;
  }
}
