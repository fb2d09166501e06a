package io.facelogin.capture.source;

import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * A video as a camera. A recording plays at its own pace, by its timestamps; a live camera sets the
 * pace itself.
 */
final class VideoFrameSource implements FrameSource {

  /** A clip that is this far behind goes on from where it is instead of racing. */
  private static final long HOPELESS_NANOS = 1_000_000_000;

  private final VideoReader video;
  private final boolean repeats;
  private final JpegEncoder encoder;
  private long startNanos = Long.MIN_VALUE;

  VideoFrameSource(VideoReader video, boolean repeats, JpegEncoder encoder) {
    this.video = video;
    this.repeats = repeats;
    this.encoder = encoder;
  }

  @Override
  public boolean next() throws CameraUnavailableException, InterruptedException {
    if (!video.advance()) {
      waitForItsEnd();
      return false;
    }
    if (video.isRecording()) {
      waitUntilDue(video.timestampUs());
    }
    return true;
  }

  @Override
  public @Nullable JpegPicture jpeg() {
    JpegPicture asSent = video.asSent(encoder.maxBytes());
    if (asSent != null) {
      return asSent;
    }
    try (Mat bgr = video.bgr()) {
      return bgr == null ? null : encoder.encode(bgr);
    }
  }

  @Override
  public boolean repeats() {
    return repeats;
  }

  @Override
  public void interrupt() {
    video.interrupt();
  }

  @Override
  public void close() {
    video.close();
  }

  /** The last picture too is shown for as long as it lasts, or a loop would run fast. */
  private void waitForItsEnd() throws InterruptedException {
    if (video.isRecording() && video.timestampUs() >= 0 && video.framesPerSecond() > 0) {
      waitUntilDue(video.timestampUs() + (long) (1e6 / video.framesPerSecond()));
    }
  }

  private void waitUntilDue(long timestampUs) throws InterruptedException {
    long now = System.nanoTime();
    if (startNanos == Long.MIN_VALUE || now - startNanos - timestampUs * 1000 > HOPELESS_NANOS) {
      startNanos = now - timestampUs * 1000;
    }
    long waitNanos = startNanos + timestampUs * 1000 - now;
    if (waitNanos > 0) {
      Thread.sleep(waitNanos / 1_000_000, (int) (waitNanos % 1_000_000));
    }
  }
}
