package io.facelogin.web.cameras;

import java.time.Duration;

/** Tries a camera's address. Given by whoever wires the stages: this one opens no cameras. */
@FunctionalInterface
public interface CameraCheck {

  /**
   * @param widthPx 0 if it does not answer
   * @param message for people, without passwords: what is wrong and what to do; empty if it answers
   */
  record Answer(boolean ok, int widthPx, int heightPx, String message) {}

  /** Answers within about the timeout, in the calling thread. */
  Answer test(String address, Duration timeout);

  /** For a process without a capture agent. */
  static CameraCheck notHere() {
    return (address, timeout) ->
        new Answer(
            false,
            0,
            0,
            "Cameras are opened by another process. Save the camera and watch its state.");
  }
}
