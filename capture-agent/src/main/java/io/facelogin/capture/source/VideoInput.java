package io.facelogin.capture.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg is told to open.
 *
 * @param shownAs the address without secrets, for messages
 * @param attempts ways to open it, tried in turn until one works or the time is over
 */
record VideoInput(String url, String shownAs, List<Attempt> attempts) {

  /**
   * @param format name of FFmpeg's demuxer; null = found out from the content
   * @param options as FFmpeg names them
   */
  record Attempt(@Nullable String format, Map<String, String> options) {}

  static VideoInput of(CameraAddress address) {
    if (address instanceof CameraAddress.Stream stream) {
      return new VideoInput(stream.url(), stream.toString(), attempts(stream));
    } else if (address instanceof CameraAddress.Device device) {
      // Motion JPEG first: over USB it is what gives full frame rates, and it needs no encoding.
      return new VideoInput(
          device.toString(),
          device.toString(),
          List.of(
              new Attempt(
                  "video4linux2", Map.of("input_format", "mjpeg", "video_size", "1280x720")),
              new Attempt("video4linux2", Map.of())));
    }
    return new VideoInput(
        "file:" + address,
        address.toString(),
        // A playlist given as a clip must not make this machine fetch from the network.
        List.of(new Attempt(null, Map.of("protocol_whitelist", "file,crypto,data"))));
  }

  private static List<Attempt> attempts(CameraAddress.Stream stream) {
    if (stream.scheme().startsWith("rtsp")) {
      // Over TCP no packet is lost; a server that only knows UDP is asked again.
      return List.of(
          new Attempt("rtsp", Map.of("rtsp_flags", "prefer_tcp", "fflags", "nobuffer")),
          new Attempt("rtsp", Map.of("rtsp_transport", "udp", "fflags", "nobuffer")));
    }
    return List.of(
        new Attempt(null, Map.of("fflags", "nobuffer")),
        // Not every camera's multipart stream is recognised by its first bytes.
        new Attempt("mpjpeg", Map.of("fflags", "nobuffer")));
  }
}
