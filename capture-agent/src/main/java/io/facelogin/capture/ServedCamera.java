package io.facelogin.capture;

import com.google.protobuf.UnsafeByteOperations;
import io.facelogin.capture.camera.CameraOutput;
import io.facelogin.capture.camera.CameraReport;
import io.facelogin.capture.camera.CameraRun;
import io.facelogin.capture.kafka.FramePublisher;
import io.facelogin.capture.kafka.StatusPublisher;
import io.facelogin.capture.source.JpegPicture;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import io.facelogin.contract.v1.CameraStatus;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera of this agent: its thread, and what becomes of its pictures and news. A camera that is
 * switched off has no thread, but still says so.
 */
final class ServedCamera implements CameraOutput {

  private static final Logger LOG = LoggerFactory.getLogger(ServedCamera.class);
  private static final long STOP_MS = 3_000;

  private final Camera camera;
  private final CameraReport report;
  private final FramePublisher.Outbox outbox;
  private final StatusPublisher statuses;
  private final CaptureMetrics metrics;
  private final CameraRun run;
  private final Thread thread;
  private long lastSequence;

  ServedCamera(
      Camera camera,
      CaptureSettings settings,
      FramePublisher frames,
      StatusPublisher statuses,
      CaptureMetrics metrics,
      Clock clock) {
    this.camera = camera;
    this.report = new CameraReport(camera, clock);
    this.outbox = frames.open(report);
    this.statuses = statuses;
    this.metrics = metrics;
    this.run = new CameraRun(camera, settings, this, clock, RandomGenerator.getDefault());
    this.thread = new Thread(run, "camera-" + camera.getCameraId());
  }

  /** Whether a new version of the camera's record asks for nothing new from here. */
  boolean servesAlready(Camera newer) {
    return withoutTitle(newer).equals(withoutTitle(camera));
  }

  void start() {
    if (camera.getEnabled()) {
      thread.start();
    } else {
      state(CameraState.ENDED, "Switched off.");
    }
  }

  /** Returns at once. */
  void stop() {
    run.stop();
    thread.interrupt();
  }

  void awaitStop() {
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("camera={} does not stop; its thread is left behind", camera.getCameraId());
    }
  }

  CameraStatus status() {
    return report.toStatus();
  }

  /** The sequence grows with the time of day, and so over restarts as well. */
  @Override
  public void picture(JpegPicture picture, Instant capturedAt) {
    lastSequence = Math.max(lastSequence + 1, capturedAt.toEpochMilli());
    FrameRef ref =
        FrameRef.newBuilder()
            .setCameraId(camera.getCameraId())
            .setSequence(lastSequence)
            .setCapturedAtUs(capturedAt.getEpochSecond() * 1_000_000 + capturedAt.getNano() / 1000)
            .setPurpose(Purpose.WATCH)
            .setWidthPx(picture.widthPx())
            .setHeightPx(picture.heightPx())
            .build();
    outbox.put(
        Frame.newBuilder()
            .setRef(ref)
            .setJpeg(UnsafeByteOperations.unsafeWrap(picture.bytes()))
            .setMinFacePx(camera.getMinFacePx())
            .build());
  }

  @Override
  public void unusable() {
    metrics.unusable.increment();
  }

  @Override
  public void state(CameraState state, String message) {
    if (report.change(state, message)) {
      if (state == CameraState.AWAY) {
        metrics.away.increment();
        LOG.warn("camera={} is away: {}", camera.getCameraId(), message);
      } else {
        LOG.info("camera={} state={}", camera.getCameraId(), state);
      }
    }
    statuses.publish(this::status);
  }

  private static Camera withoutTitle(Camera camera) {
    return camera.toBuilder().clearName().clearUpdatedAtUs().build();
  }
}
