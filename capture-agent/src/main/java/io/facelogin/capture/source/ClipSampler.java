package io.facelogin.capture.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Takes a few pictures out of a clip, spread evenly over all of it, as fast as it decodes. */
public final class ClipSampler {

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final int JPEG_QUALITY = 92;
  private static final long FIRST_INTERVAL_US = 100_000;

  private ClipSampler() {}

  /**
   * @param most pictures wanted at most; a short clip gives fewer
   * @throws CameraUnavailableException if it is no video, or holds no picture
   */
  public static List<JpegPicture> sample(Path clip, int most) throws CameraUnavailableException {
    JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY);
    List<JpegPicture> pictures = new ArrayList<>();
    VideoInput input = VideoInput.of(new CameraAddress.FileOrFolder(clip));
    try (VideoReader video = new VideoOpening(input, SILENCE, SILENCE).open()) {
      long intervalUs = FIRST_INTERVAL_US;
      long dueUs = Long.MIN_VALUE;
      while (video.advance()) {
        if (video.timestampUs() < dueUs) {
          continue;
        }
        try (Mat bgr = video.bgr()) {
          if (bgr != null) {
            pictures.add(encoder.encode(bgr));
            dueUs = video.timestampUs() + intervalUs;
          }
        }
        if (pictures.size() > 2 * most) {
          // Longer than it seemed: every other picture goes, and from here on they come half as
          // often.
          keepEveryOther(pictures);
          intervalUs *= 2;
        }
      }
    }
    if (pictures.isEmpty()) {
      throw new CameraUnavailableException("The video " + clip + " holds no picture.");
    }
    return spread(pictures, most);
  }

  private static void keepEveryOther(List<JpegPicture> pictures) {
    for (int i = pictures.size() - 1; i > 0; i -= 2) {
      pictures.remove(i);
    }
  }

  private static List<JpegPicture> spread(List<JpegPicture> pictures, int most) {
    if (pictures.size() <= most) {
      return pictures;
    }
    List<JpegPicture> spread = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      spread.add(pictures.get(i * pictures.size() / most));
    }
    return spread;
  }
}
