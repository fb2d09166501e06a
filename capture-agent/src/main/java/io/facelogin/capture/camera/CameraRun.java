package io.facelogin.capture.camera;

import io.facelogin.capture.CaptureSettings;
import io.facelogin.capture.source.CameraAddress;
import io.facelogin.capture.source.CameraUnavailableException;
import io.facelogin.capture.source.FrameSource;
import io.facelogin.capture.source.JpegEncoder;
import io.facelogin.capture.source.JpegPicture;
import io.facelogin.capture.source.SourceOpening;
import io.facelogin.contract.v1.Camera;
import io.facelogin.contract.v1.CameraState;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one camera: open it, hand on its pictures at the wanted rate, and when it goes away
 * try again until told to stop. Runs in a thread of its own.
 */
public final class CameraRun implements Runnable {

  private final Camera camera;
  private final CaptureSettings settings;
  private final CameraOutput output;
  private final Clock clock;
  private final double framesPerSecond;
  private final JpegEncoder encoder;
  private final Backoff backoff;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable SourceOpening opening;

  public CameraRun(
      Camera camera,
      CaptureSettings settings,
      CameraOutput output,
      Clock clock,
      RandomGenerator random) {
    this.camera = camera;
    this.settings = settings;
    this.output = output;
    this.clock = clock;
    this.framesPerSecond =
        camera.getMaxFramesPerSecond() > 0
            ? camera.getMaxFramesPerSecond()
            : settings.framesPerSecond();
    this.encoder = new JpegEncoder(settings.jpegQuality());
    this.backoff = new Backoff(settings.firstRetry(), settings.longestRetry(), random);
  }

  @Override
  public void run() {
    output.state(CameraState.CONNECTING, "");
    FrameRate rate = new FrameRate(framesPerSecond);
    try {
      while (!isStopped()) {
        try {
          if (playOnce(rate)) {
            continue;
          }
          away(endOf(CameraAddress.parse(camera.getAddress())));
        } catch (CameraUnavailableException e) {
          away(e.getMessage());
        }
        stop.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns soon; the thread may take a little longer. The thread is to be interrupted too. */
  public void stop() {
    stop.countDown();
    SourceOpening present = opening;
    if (present != null) {
      present.interrupt();
    }
  }

  /** Returns whether the source, now at its end, begins again at once. */
  private boolean playOnce(FrameRate rate) throws CameraUnavailableException, InterruptedException {
    SourceOpening source =
        new SourceOpening(
            CameraAddress.parse(camera.getAddress()),
            settings.openTimeout(),
            settings.stallTimeout(),
            Duration.ofNanos((long) (1e9 / framesPerSecond)),
            encoder);
    opening = source;
    boolean live = false;
    try (FrameSource frames = source.open()) {
      while (!isStopped() && frames.next()) {
        if (!rate.takes(System.nanoTime())) {
          continue;
        }
        JpegPicture picture = frames.jpeg();
        if (picture == null) {
          output.unusable();
          continue;
        }
        if (!live) {
          live = true;
          backoff.reset();
          output.state(CameraState.LIVE, "");
        }
        output.picture(picture, clock.instant());
      }
      // Without a single picture it must not spin: the pause of an absent camera applies.
      return live && frames.repeats();
    } finally {
      opening = null;
    }
  }

  private static String endOf(CameraAddress address) {
    return address instanceof CameraAddress.FileOrFolder
        ? address + " holds no picture that can be read. Give another clip or folder."
        : "Camera " + address + " closed the connection.";
  }

  private void away(String message) {
    if (!isStopped()) {
      output.state(CameraState.AWAY, message);
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }
}
