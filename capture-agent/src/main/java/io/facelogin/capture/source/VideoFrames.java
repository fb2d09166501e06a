package io.facelogin.capture.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures out of a clip, for enrolment and identification from a video. */
public final class VideoFrames {

  /** Formats in which FFmpeg reads single pictures, animations and text. */
  private static final Pattern NO_VIDEO =
      Pattern.compile("(?:^|,)(?:image2|.*_pipe|gif|apng|tty|ico|webp_anim|srt|ass)(?:,|$)");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Takes one picture of a clip. */
  public interface Taker {

    /**
     * @param bgr upright, 8 bits BGR; now the taker's, who closes it
     * @return false if no more pictures are wanted
     */
    boolean take(Duration time, Mat bgr);
  }

  private VideoFrames() {}

  /** Whether the file is a video, by its content and not by its name. */
  public static boolean isVideo(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (VideoReader video = open(file)) {
      return !NO_VIDEO.matcher(video.format()).find() && video.advance();
    } catch (CameraUnavailableException e) {
      return false;
    }
  }

  /**
   * Hands out one picture each {@code interval}, the first one included. Converts only those; all
   * are decoded, at some hundred a second.
   *
   * @throws CameraUnavailableException if the file is no video that can be read
   */
  public static void each(Path file, Duration interval, Taker taker)
      throws CameraUnavailableException {
    try (VideoReader video = open(file)) {
      long dueUs = 0;
      while (video.advance()) {
        if (video.timestampUs() < dueUs) {
          continue;
        }
        dueUs = Math.max(dueUs, video.timestampUs()) + interval.toNanos() / 1000;
        Mat view = video.bgr();
        if (view == null) {
          continue;
        }
        try (view) {
          if (!taker.take(Duration.ofNanos(video.timestampUs() * 1000), view.clone())) {
            return;
          }
        }
      }
    }
  }

  /**
   * Hands out about {@code count} pictures, evenly over the clip.
   *
   * @throws CameraUnavailableException if the file is no video that can be read
   */
  public static void sample(Path file, int count, Taker taker) throws CameraUnavailableException {
    long durationUs;
    try (VideoReader video = open(file)) {
      durationUs = video.durationUs();
    }
    // A clip that does not tell its length gives two pictures a second.
    Duration interval =
        durationUs > 0 ? Duration.ofNanos(durationUs * 1000 / count) : Duration.ofMillis(500);
    int[] taken = {0};
    each(
        file,
        interval,
        (time, bgr) -> {
          taken[0]++;
          return taker.take(time, bgr) && taken[0] < count;
        });
  }

  private static VideoReader open(Path file) throws CameraUnavailableException {
    VideoInput input = VideoInput.of(new CameraAddress.FileOrFolder(file));
    return new VideoOpening(input, PATIENCE, PATIENCE).open();
  }
}
