package io.facelogin.capture;

import static io.facelogin.capture.CaptureHarness.camera;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facelogin.capture.source.JpegEncoder;
import io.facelogin.contract.v1.CameraState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An HTTP camera that sends motion JPEG with a password, goes away in several ways, and returns.
 */
class HttpCameraIT {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration BACK = Duration.ofSeconds(10);

  private CaptureHarness site;
  private CaptureAgent agent;
  private MotionJpegServer server;

  @BeforeEach
  void start() throws Exception {
    site = new CaptureHarness();
    agent = new CaptureAgent(CaptureHarness.settings(), site.kafka(), new SimpleMeterRegistry());
    agent.start();
    server = new MotionJpegServer(0);
  }

  @AfterEach
  void stop() {
    server.close();
    agent.close();
    site.close();
  }

  @Test
  void theCameraThatWasKilledIsAwayAndBackByItselfWithinTenSeconds() throws Exception {
    site.put(camera("hall", server.address("admin:s3cret")).build());
    await().atMost(SOON).until(() -> site.framesOf("hall").size() > 5);
    assertThat(site.framesOf("hall").get(0).value().getJpeg().toByteArray())
        .as("a whole JPEG goes through as the camera made it")
        .isEqualTo(server.picture);

    server.close();
    await().atMost(SOON).until(() -> site.isIn(CameraState.AWAY, "hall"));
    // Long enough that the pauses between attempts have grown to their longest.
    await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
    assertThat(site.isIn(CameraState.AWAY, "hall")).isTrue();
    String message = Objects.requireNonNull(site.latestStatusOf("hall")).getMessage();
    assertThat(message).contains("refuses the connection").doesNotContain("s3cret");

    int before = site.framesOf("hall").size();
    server = new MotionJpegServer(server.port);
    await().atMost(BACK).until(() -> site.framesOf("hall").size() > before);
    await().atMost(SOON).until(() -> site.isIn(CameraState.LIVE, "hall"));
    assertThat(site.statesOf("hall"))
        .containsExactly(
            CameraState.CONNECTING, CameraState.LIVE, CameraState.AWAY, CameraState.LIVE);
  }

  @Test
  void theCameraThatStaysConnectedButSendsNothingIsAwayToo() throws Exception {
    site.put(camera("hall", server.address("admin:s3cret")).build());
    await().atMost(SOON).until(() -> site.isIn(CameraState.LIVE, "hall"));

    server.silent = true;
    await().atMost(SOON).until(() -> site.isIn(CameraState.AWAY, "hall"));
    assertThat(Objects.requireNonNull(site.latestStatusOf("hall")).getMessage())
        .contains("has sent no picture for 3.0 s");

    server.silent = false;
    await().atMost(BACK).until(() -> site.isIn(CameraState.LIVE, "hall"));
  }

  @Test
  void aWrongPasswordIsSaidWithoutSayingThePassword() throws Exception {
    site.put(camera("hall", server.address("admin:wr0ng")).build());

    await().atMost(SOON).until(() -> site.isIn(CameraState.AWAY, "hall"));
    assertThat(Objects.requireNonNull(site.latestStatusOf("hall")).getMessage())
        .contains("refuses the user or password")
        .doesNotContain("wr0ng");
  }

  /** Twenty pictures a second to whoever knows the password. */
  private static final class MotionJpegServer implements AutoCloseable {

    final int port;
    final byte[] picture;
    volatile boolean silent;
    private volatile boolean closed;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    MotionJpegServer(int port) throws IOException {
      try (Mat mat = new Mat(120, 160, CV_8UC3, new Scalar(30, 90, 150, 0))) {
        picture = new JpegEncoder(80).encode(mat).bytes();
      }
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.setExecutor(threads);
      server.createContext("/cam.mjpg", this::serve);
      server.start();
      this.port = server.getAddress().getPort();
    }

    String address(String userInfo) {
      return "http://" + userInfo + "@127.0.0.1:" + port + "/cam.mjpg";
    }

    @Override
    public void close() {
      closed = true;
      server.stop(0);
      threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
      String wanted =
          "Basic "
              + Base64.getEncoder().encodeToString("admin:s3cret".getBytes(StandardCharsets.UTF_8));
      if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"camera\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=cut");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (!closed) {
          if (!silent) {
            String head =
                "--cut\r\nContent-Type: image/jpeg\r\nContent-Length: "
                    + picture.length
                    + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(picture);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
          }
          TimeUnit.MILLISECONDS.sleep(50);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
