package io.facelogin.capture;

import static io.facelogin.capture.CaptureHarness.camera;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facelogin.contract.v1.CameraState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are not ours, on loopback: Debian's rtsp-server-perl (UDP only) fed by Debian's
 * ffmpeg with H.264, and ffmpeg itself as an HTTP camera. Killed and started again.
 */
class RealCameraServersIT {

  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration BACK = Duration.ofSeconds(10);

  @TempDir Path folder;
  private CaptureHarness site;
  private CaptureAgent agent;
  private Path clip;
  private final List<Process> servers = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    assumeTrue(isInstalled("ffmpeg"), "Left out: install Debian's package ffmpeg");
    clip = clip();
    site = new CaptureHarness();
    agent = new CaptureAgent(CaptureHarness.settings(), site.kafka(), new SimpleMeterRegistry());
    agent.start();
  }

  @AfterEach
  void stop() throws Exception {
    kill();
    if (agent != null) {
      agent.close();
      site.close();
    }
  }

  @Test
  void theRtspCameraIsAwayWhenItsServerIsKilledAndBackWithinTenSeconds() throws Exception {
    assumeTrue(
        isInstalled("rtsp-server-perl"), "Left out: install Debian's package rtsp-server-perl");
    int clientPort = freePort();
    int sourcePort = freePort();
    startRtsp(clientPort, sourcePort);
    site.put(camera("rtsp", "rtsp://127.0.0.1:" + clientPort + "/cam1").build());

    goesAwayAndComesBack("rtsp", () -> startRtsp(clientPort, sourcePort));
  }

  @Test
  void theHttpCameraIsAwayWhenItsServerIsKilledAndBackWithinTenSeconds() throws Exception {
    int port = freePort();
    startHttp(port);
    site.put(camera("http", "http://127.0.0.1:" + port + "/cam.mjpg").build());

    goesAwayAndComesBack("http", () -> startHttp(port));
  }

  private interface Start {
    void start() throws Exception;
  }

  private void goesAwayAndComesBack(String id, Start servers) throws Exception {
    await().atMost(START).until(() -> site.framesOf(id).size() > 10);
    assertThat(site.isIn(CameraState.LIVE, id)).isTrue();

    kill();
    await().atMost(Duration.ofSeconds(8)).until(() -> site.isIn(CameraState.AWAY, id));
    assertThat(Objects.requireNonNull(site.latestStatusOf(id)).getMessage()).isNotEmpty();

    int before = site.framesOf(id).size();
    servers.start();
    await().atMost(BACK).until(() -> site.framesOf(id).size() > before);
    await().atMost(Duration.ofSeconds(3)).until(() -> site.isIn(CameraState.LIVE, id));
    assertThat(site.statesOf(id))
        .containsSubsequence(CameraState.LIVE, CameraState.AWAY, CameraState.LIVE);
  }

  private void startRtsp(int clientPort, int sourcePort) throws Exception {
    // RTP ports come in pairs; away from the range that the system hands out by itself.
    int rtpPort = 20_000 + 2 * ThreadLocalRandom.current().nextInt(5_000);
    run(
        "rtsp-server-perl",
        "--clientport",
        Integer.toString(clientPort),
        "--serverport",
        Integer.toString(sourcePort),
        "--client_listen_address",
        "127.0.0.1",
        "--source_listen_address",
        "127.0.0.1",
        "--rtp_start_port",
        Integer.toString(rtpPort));
    await().atMost(START).until(() -> accepts(sourcePort));
    String url = "rtsp://127.0.0.1:" + sourcePort + "/cam1";
    run(
        ("ffmpeg -nostdin -loglevel error -re -stream_loop -1 -i CLIP -an -c:v libx264"
                + " -preset ultrafast -bf 0 -g 15 -f rtsp -rtsp_transport udp "
                + url)
            .split(" "));
  }

  private void startHttp(int port) throws Exception {
    run(
        ("ffmpeg -nostdin -loglevel error -re -stream_loop -1 -i CLIP -an -c:v mjpeg -q:v 4"
                + " -f mpjpeg -listen 1 http://127.0.0.1:"
                + port
                + "/cam.mjpg")
            .split(" "));
  }

  private void run(String... command) throws IOException {
    for (int i = 0; i < command.length; i++) {
      command[i] = command[i].equals("CLIP") ? clip.toString() : command[i];
    }
    Path log = folder.resolve("server-" + servers.size() + ".log");
    servers.add(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  private void kill() throws InterruptedException {
    for (Process server : servers) {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
    servers.clear();
  }

  private Path clip() throws Exception {
    String data = System.getenv("FACE_LOGIN_DATA");
    Path shared = Path.of(data == null ? "../../shared" : data).resolve("video/site-walk.mp4");
    return Files.exists(shared)
        ? shared.toAbsolutePath()
        : TestClip.mpeg4(folder.resolve("clip.mp4"), 100, 25);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isInstalled(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program));
  }
}
