package io.facelogin.capture.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.capture.TestClip;
import io.facelogin.capture.source.CameraProbe.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraProbeTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void aClipAnswersWithItsSizeAndRate() throws Exception {
    Path clip = TestClip.mpeg4(folder.resolve("clip.mp4"), 10, 25);

    assertThat(CameraProbe.test(clip.toString(), TIMEOUT))
        .isEqualTo(new Outcome.Answered(320, 240, 25));
  }

  @Test
  void whatIsWrongIsSaidInWords() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.mp4"), "Not a video, only words.\n");
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }

    assertThat(message(folder.resolve("missing.mp4").toString())).contains("does not exist");
    assertThat(message("/dev/video97")).contains("no device /dev/video97", "plugged in");
    assertThat(message(text.toString())).contains("gives no video");
    assertThat(message(folder.toString())).contains("holds no picture");
    assertThat(message("ftp://cam/1")).contains("ftp://, which is not supported");
    assertThat(message("http://admin:s3cret@127.0.0.1:" + closedPort + "/x.mjpg"))
        .contains("refuses the connection", "admin:***@127.0.0.1");
    assertThat(message("rtsp://admin:s3cret@127.0.0.1:" + closedPort + "/x"))
        .contains("refuses the connection", "admin:***@127.0.0.1");
    assertThat(message("http://no-such-host.invalid/x.mjpg"))
        .contains("host name no-such-host.invalid is unknown");
  }

  /** The usual wrapper of FFmpeg opens one source at a time: three would take three timeouts. */
  @Test
  void camerasThatAcceptAndNeverAnswerGiveUpInTimeAndSideBySide() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      long start = System.nanoTime();
      List<CompletableFuture<String>> probes = new ArrayList<>();
      for (String scheme : List.of("rtsp", "http", "rtsp")) {
        probes.add(
            CompletableFuture.supplyAsync(
                () -> message(scheme + "://127.0.0.1:" + port + "/x"),
                task -> new Thread(task, "probe").start()));
      }
      for (CompletableFuture<String> probe : probes) {
        assertThat(probe.get()).contains("does not answer within 2.0 s");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  private static String message(String address) {
    Outcome outcome = CameraProbe.test(address, TIMEOUT);
    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
    String message = ((Outcome.Unavailable) outcome).message();
    assertThat(message).doesNotContain("s3cret");
    return message;
  }
}
