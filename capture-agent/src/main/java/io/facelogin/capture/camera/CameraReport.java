package io.facelogin.capture.camera;

import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import io.facelogin.contract.v1.CameraStatus;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** How a camera is, and how many of its frames went where. Any thread may write and read. */
public final class CameraReport {

  private final String cameraId;
  private final Clock clock;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private CameraState state = CameraState.CONNECTING;
  private String message = "";
  private long sinceUs;

  public CameraReport(Camera camera, Clock clock) {
    this.cameraId = camera.getCameraId();
    this.clock = clock;
    this.sinceUs = nowUs();
  }

  /** Returns whether that is news; a new message for the same state is none for the log. */
  public synchronized boolean change(CameraState newState, String newMessage) {
    boolean news = newState != state;
    if (news) {
      sinceUs = nowUs();
    }
    state = newState;
    message = newMessage;
    return news;
  }

  public void countPublished() {
    published.incrementAndGet();
  }

  public void countDropped() {
    dropped.incrementAndGet();
  }

  public synchronized CameraState state() {
    return state;
  }

  public synchronized CameraStatus toStatus() {
    return CameraStatus.newBuilder()
        .setCameraId(cameraId)
        .setState(state)
        .setSinceUs(sinceUs)
        .setMessage(message)
        .setFramesPublished(published.get())
        .setFramesDropped(dropped.get())
        .build();
  }

  private long nowUs() {
    return clock.millis() * 1000;
  }
}
