package io.facelogin.capture.source;

import java.time.Duration;
import org.bytedeco.opencv.opencv_core.Mat;

/** Tries a camera's address: opens it, reads one picture, closes it. */
public final class CameraProbe {

  /** What came of it. */
  public sealed interface Outcome {

    /**
     * It gives pictures.
     *
     * @param framesPerSecond as the camera says, 0 if it does not
     */
    record Answered(int widthPx, int heightPx, double framesPerSecond) implements Outcome {}

    /**
     * @param message for people: what is wrong and what to do, no password
     */
    record Unavailable(String message) implements Outcome {}
  }

  private CameraProbe() {}

  /** Answers within about the timeout, in the calling thread. */
  public static Outcome test(String address, Duration timeout) {
    try {
      CameraAddress parsed = CameraAddress.parse(address);
      if (parsed instanceof CameraAddress.FileOrFolder file && file.isFolder()) {
        return ofFolder(file);
      }
      return ofVideo(parsed, timeout);
    } catch (CameraUnavailableException e) {
      return new Outcome.Unavailable(e.getMessage());
    }
  }

  private static Outcome ofVideo(CameraAddress address, Duration timeout)
      throws CameraUnavailableException {
    VideoInput input = VideoInput.of(address);
    try (VideoReader video = new VideoOpening(input, timeout, timeout).open()) {
      while (video.advance()) {
        try (Mat bgr = video.bgr()) {
          if (bgr != null) {
            return new Outcome.Answered(bgr.cols(), bgr.rows(), video.framesPerSecond());
          }
        }
      }
    }
    return new Outcome.Unavailable("Camera " + address + " ended before it sent a whole picture.");
  }

  private static Outcome ofFolder(CameraAddress.FileOrFolder address)
      throws CameraUnavailableException {
    JpegEncoder encoder = new JpegEncoder(80);
    try (PictureFolder folder = new PictureFolder(address.path(), Duration.ZERO, encoder)) {
      while (folder.next()) {
        JpegPicture picture = folder.jpeg();
        if (picture != null) {
          return new Outcome.Answered(picture.widthPx(), picture.heightPx(), 0);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Outcome.Unavailable("Folder " + address + " holds no picture that can be read.");
  }
}
