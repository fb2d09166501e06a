package io.facelogin.capture;

import static io.facelogin.capture.CaptureHarness.camera;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.facelogin.capture.CaptureHarness.Received;
import io.facelogin.contract.stage.Health;
import io.facelogin.contract.v1.CameraState;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Purpose;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureAgentIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private CaptureHarness site;
  private CaptureAgent agent;

  @BeforeEach
  void startAgent() throws Exception {
    site = new CaptureHarness();
    agent = new CaptureAgent(CaptureHarness.settings(), site.kafka(), registry);
    agent.start();
  }

  @AfterEach
  void stopAgent() {
    agent.close();
    site.close();
  }

  @Test
  void aClipLoopsAtItsOwnPaceWithTheCamerasPolicy() throws Exception {
    Path clip = TestClip.mpeg4(folder.resolve("clip.mp4"), 20, 10);
    site.put(camera("clip", clip.toString()).setMinFacePx(55).build());

    await().atMost(SOON).until(() -> site.framesOf("clip").size() > 50);

    List<Received<Frame>> frames = site.framesOf("clip").subList(0, 50);
    double seconds = (capturedUs(frames.get(49)) - capturedUs(frames.get(0))) / 1e6;
    assertThat(seconds).isCloseTo(4.9, within(0.5));
    // Grey grows within a round: three rounds of two seconds begin in five.
    List<Double> greys = frames.stream().map(frame -> grey(frame.value())).toList();
    int beginnings = 0;
    for (int i = 1; i < greys.size(); i++) {
      beginnings += greys.get(i) < greys.get(i - 1) ? 1 : 0;
    }
    assertThat(beginnings).isEqualTo(2);

    Frame frame = frames.get(0).value();
    assertThat(frame.getMinFacePx()).isEqualTo(55);
    assertThat(frame.getRef().getPurpose()).isEqualTo(Purpose.WATCH);
    assertThat(frame.getRef().getWidthPx()).isEqualTo(320);
    assertThat(frame.getRef().getHeightPx()).isEqualTo(240);
    assertThat(frames.get(0).record().key()).isEqualTo("clip");
    Set<String> traces =
        frames.stream()
            .map(
                f ->
                    new String(
                        f.record().headers().lastHeader("trace").value(), StandardCharsets.UTF_8))
            .collect(Collectors.toSet());
    assertThat(traces).hasSize(50);
    assertThat(frames)
        .extracting(f -> f.value().getRef().getSequence())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void camerasAreAddedChangedSwitchedOffAndRemovedWhileTheAgentRuns() throws Exception {
    Path clip = TestClip.motionJpegAvi(folder.resolve("clip.avi"), 30, 15);
    Path pictures = pictures(folder.resolve("pictures"));
    await().atMost(SOON).until(() -> agent.health().isReady());

    site.put(camera("door", clip.toString()).build());
    await().atMost(SOON).until(() -> site.framesOf("door").size() > 5);
    assertThat(site.framesOf("door").get(0).value().getRef().getWidthPx()).isEqualTo(320);

    site.put(camera("door", pictures.toString()).build());
    await()
        .atMost(SOON)
        .until(
            () ->
                site.framesOf("door").stream()
                    .anyMatch(f -> f.value().getRef().getWidthPx() == 80));

    site.put(camera("door", pictures.toString()).setEnabled(false).build());
    await().atMost(SOON).until(() -> site.isIn(CameraState.ENDED, "door"));
    int atSwitchOff = site.framesOf("door").size();
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    assertThat(site.framesOf("door")).hasSizeLessThanOrEqualTo(atSwitchOff + 2);

    site.remove("door");
    await().atMost(SOON).until(() -> site.forgotten.contains("door"));
    assertThat(Objects.requireNonNull(site.latestStatusOf("door")).getFramesPublished()).isZero();
    assertThat(registry.get(CaptureMetrics.CAMERAS).gauge().value()).isZero();
  }

  @Test
  void aCameraThatHangsWhileOpeningDoesNotHoldUpTheOthers() throws Exception {
    Path clip = TestClip.mpeg4(folder.resolve("clip.mp4"), 20, 10);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort() + "/x";
      site.put(camera("hangs-1", "rtsp://admin:s3cret@" + address).build());
      site.put(camera("hangs-2", "http://admin:s3cret@" + address).build());
      await().atMost(SOON).until(() -> site.isIn(CameraState.CONNECTING, "hangs-2"));

      long start = System.nanoTime();
      site.put(camera("works", clip.toString()).build());
      await().atMost(SOON).until(() -> !site.framesOf("works").isEmpty());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));

      await().atMost(SOON).until(() -> site.isIn(CameraState.AWAY, "hangs-1"));
      assertThat(Objects.requireNonNull(site.latestStatusOf("hangs-1")).getMessage())
          .contains("does not answer within 5.0 s", "admin:***@")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void aSlowBrokerGetsTheNewestFramesAndTheRestIsCounted() throws Exception {
    Path clip = TestClip.motionJpegAvi(folder.resolve("clip.avi"), 60, 30);
    try (Admin admin = Admin.create(site.kafka().clientConfig())) {
      ClientQuotaEntity everyClient =
          new ClientQuotaEntity(
              java.util.Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
      admin
          .alterClientQuotas(
              List.of(
                  new ClientQuotaAlteration(
                      everyClient,
                      List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 2_000.0)))))
          .all()
          .get();
    }
    site.put(camera("fast", clip.toString()).setMaxFramesPerSecond(30).build());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                registry.get(CaptureMetrics.DROPPED).tag("reason", "replaced").counter().count()
                    > 100);

    double captured = registry.get(CaptureMetrics.CAPTURED).counter().count();
    double published = registry.get(CaptureMetrics.PUBLISHED).counter().count();
    assertThat(published).isLessThan(captured / 2);
    // The camera itself was never held up by the broker.
    List<Received<Frame>> frames = site.framesOf("fast");
    Received<Frame> last = frames.get(frames.size() - 1);
    long ageMs = last.record().timestamp() - capturedUs(last) / 1000;
    assertThat(ageMs).isZero();
    assertThat(frames)
        .extracting(f -> f.value().getRef().getSequence())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void agentsShareTheCamerasAndTheOneThatStaysTakesAllOver() throws Exception {
    Path clip = TestClip.mpeg4(folder.resolve("clip.mp4"), 20, 10);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      ids.add("cam-" + i);
      site.put(camera("cam-" + i, clip.toString()).setMaxFramesPerSecond(2).build());
    }
    MeterRegistry otherRegistry = new SimpleMeterRegistry();
    CaptureAgent other = new CaptureAgent(CaptureHarness.settings(), site.kafka(), otherRegistry);
    try (other) {
      other.start();
      await()
          .atMost(SOON)
          .until(
              () ->
                  cameras(registry) > 0
                      && cameras(otherRegistry) > 0
                      && cameras(registry) + cameras(otherRegistry) == 12);
      assertThat(other.health().state()).isEqualTo(Health.State.READY);
    }
    await().atMost(SOON).until(() -> cameras(registry) == 12);
    long after = System.nanoTime();
    await()
        .atMost(SOON)
        .until(
            () ->
                site.frames.stream()
                    .filter(frame -> frame.atNanos() > after)
                    .map(frame -> frame.value().getRef().getCameraId())
                    .collect(Collectors.toSet())
                    .equals(ids));
  }

  private static double cameras(MeterRegistry registry) {
    return registry.get(CaptureMetrics.CAMERAS).gauge().value();
  }

  private static long capturedUs(Received<Frame> frame) {
    return frame.value().getRef().getCapturedAtUs();
  }

  private static double grey(Frame frame) {
    byte[] jpeg = frame.getJpeg().toByteArray();
    try (Mat bytes = new Mat(new BytePointer(jpeg));
        Mat bgr = opencv_imgcodecs.imdecode(bytes, opencv_imgcodecs.IMREAD_COLOR)) {
      return opencv_core.mean(bgr).get(0);
    }
  }

  private static Path pictures(Path folder) throws Exception {
    Files.createDirectories(folder);
    for (int i = 0; i < 3; i++) {
      try (Mat mat = new Mat(60, 80, opencv_core.CV_8UC3, new Scalar(60.0 * i, 0, 0, 0))) {
        opencv_imgcodecs.imwrite(folder.resolve(i + ".png").toString(), mat);
      }
    }
    Files.writeString(folder.resolve("damaged.jpg"), "no picture");
    Files.writeString(folder.resolve("notes.txt"), "no picture either");
    return folder;
  }
}
