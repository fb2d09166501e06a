package io.facelogin.capture.source;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** FFmpeg's error numbers as sentences that help. */
final class OpeningFaults {

  // Linux' own numbers, which FFmpeg hands on negated.
  private static final int NO_SUCH_FILE = -2;
  private static final int INPUT_OUTPUT = -5;
  private static final int NO_PERMISSION = -13;
  private static final int BUSY = -16;
  private static final int NO_SUCH_DEVICE = -19;
  private static final int NETWORK_UNREACHABLE = -101;
  private static final int TIMED_OUT = -110;
  private static final int REFUSED = -111;
  private static final int HOST_UNREACHABLE = -113;

  private OpeningFaults() {}

  /** Whether another way of opening the same address would fail alike. */
  static boolean isFinal(int error) {
    return switch (error) {
      case NO_SUCH_FILE, NO_PERMISSION, BUSY, NO_SUCH_DEVICE -> true;
      case NETWORK_UNREACHABLE, HOST_UNREACHABLE, TIMED_OUT, REFUSED -> true;
      default ->
          error == AVERROR_HTTP_UNAUTHORIZED
              || error == AVERROR_HTTP_FORBIDDEN
              || error == AVERROR_HTTP_NOT_FOUND;
    };
  }

  static CameraUnavailableException of(int error, VideoInput input) {
    String camera = "Camera " + input.shownAs();
    if (error == AVERROR_HTTP_UNAUTHORIZED || error == AVERROR_HTTP_FORBIDDEN) {
      return new CameraUnavailableException(
          camera + " refuses the user or password. Correct them in the address.");
    } else if (error == AVERROR_HTTP_NOT_FOUND) {
      return new CameraUnavailableException(
          camera + " answers, but has no stream at this path. Correct the path in the address.");
    } else if (error == AVERROR_INVALIDDATA) {
      return new CameraUnavailableException(
          camera + " gives no video that can be read. Is it a picture, a web page or damaged?");
    }
    return new CameraUnavailableException(
        camera
            + switch (error) {
              case NO_SUCH_FILE -> " does not exist. Correct the path.";
              case NO_PERMISSION -> " may not be read by this user. Change its permissions.";
              case BUSY -> " is in use by another program. Close that program.";
              case NO_SUCH_DEVICE -> " is no camera. Try another /dev/videoN.";
              case NETWORK_UNREACHABLE, HOST_UNREACHABLE ->
                  " cannot be reached in the network. Is it switched on and the address right?";
              case TIMED_OUT -> " does not answer. Is it switched on and the address right?";
              case REFUSED -> " refuses the connection. Is it switched on and the port right?";
              case INPUT_OUTPUT -> inputOutput(input);
              default -> " cannot be opened: " + text(error) + ".";
            });
  }

  static CameraUnavailableException noAnswerWithin(Duration time, VideoInput input) {
    return new CameraUnavailableException(
        "Camera "
            + input.shownAs()
            + " does not answer within "
            + seconds(time)
            + ". Is it switched on and the address right?");
  }

  static CameraUnavailableException silentFor(Duration time, VideoInput input) {
    return new CameraUnavailableException(
        "Camera " + input.shownAs() + " has sent no picture for " + seconds(time) + ".");
  }

  static CameraUnavailableException brokeOff(int error, VideoInput input) {
    return new CameraUnavailableException(
        "Camera " + input.shownAs() + " broke off: " + text(error) + ".");
  }

  /** FFmpeg says "input/output error" too when a host's name means nothing. */
  private static String inputOutput(VideoInput input) {
    String host = host(input.url());
    if (host != null) {
      try {
        InetAddress.getByName(host);
      } catch (UnknownHostException e) {
        return " cannot be found: the host name " + host + " is unknown in this network.";
      }
    }
    return " cannot be read: input/output error.";
  }

  private static @Nullable String host(String url) {
    try {
      return url.contains("://") ? URI.create(url).getHost() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String seconds(Duration time) {
    return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private static String text(int error) {
    byte[] buffer = new byte[128];
    avutil.av_strerror(error, buffer, buffer.length);
    int length = 0;
    while (length < buffer.length && buffer[length] != 0) {
      length++;
    }
    return new String(buffer, 0, length, StandardCharsets.UTF_8);
  }
}
