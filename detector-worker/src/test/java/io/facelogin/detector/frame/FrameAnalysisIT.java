package io.facelogin.detector.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.contract.v1.Reason;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.TestFace;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.quality.QualityJudge;
import io.facelogin.models.quality.QualityThresholds;
import io.facelogin.models.store.ModelStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that nobody hopes for, and many of them, through the real networks. */
class FrameAnalysisIT {

  private static final long NOON_US = 1_764_000_000L * 1_000_000;

  /** Frames of the second half of the soak; by hand, {@code -Dsoak.frames=50000} and more. */
  private static final int SOAK_FRAMES = Integer.getInteger("soak.frames", 400);

  private static FaceFinder finder;

  private SimpleMeterRegistry registry;
  private FrameAnalysis analysis;
  private long sequence;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    finder =
        new FaceFinder(
            new ModelStore(folder).openDetector(),
            new FaceAligner(AlignmentTemplate.ARCFACE_112),
            new QualityJudge(QualityThresholds.defaults()));
  }

  @BeforeEach
  void begin() {
    registry = new SimpleMeterRegistry();
    analysis =
        new FrameAnalysis(
            DetectorSettings.defaults(),
            finder,
            Optional::empty,
            new DetectorMetrics(registry),
            Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    finder.close();
  }

  @Test
  void firstPicturesOfATrackCarryACropAndTheNextAreListedWithout() throws Exception {
    byte[] jpeg = TestFace.jpeg();
    for (int i = 0; i < 6; i++) {
      Faces faces = answer(frame("door", Purpose.WATCH, jpeg));
      assertThat(faces.getFacesList()).hasSize(1);
      assertThat(faces.getFaces(0).getCropRgb().isEmpty()).isEqualTo(i >= 3);
      assertThat(faces.getFaces(0).getTrackId()).isPositive();
      assertThat(faces.getFrame().getWidthPx()).isPositive();
    }
    assertThat(searches("FULL") + searches("FOLLOWED")).isEqualTo(3);
    assertThat(searches("SKIPPED")).isEqualTo(3);
    assertThat(registry.counter(DetectorMetrics.SELECTED).count()).isEqualTo(3);
  }

  @Test
  void enrolmentsAndStillPicturesKeepEveryCrop() throws Exception {
    byte[] jpeg = TestFace.jpeg();
    for (Purpose purpose : List.of(Purpose.ENROL, Purpose.IDENTIFY)) {
      for (int i = 0; i < 5; i++) {
        Faces faces = answer(frame(purpose.name(), purpose, jpeg));
        assertThat(faces.getFaces(0).getCropRgb().isEmpty()).isFalse();
      }
    }
  }

  @Test
  void framesOfOneCameraInOnePollAreLookedAtInOrderAndOthersBesideThem() throws Exception {
    byte[] jpeg = TestFace.jpeg();
    List<Frame> poll = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      poll.add(frame("door", Purpose.WATCH, jpeg));
      poll.add(frame("yard", Purpose.WATCH, TestFace.withoutFace()));
    }
    List<Faces> answers = analysis.analyse(poll, NOON_US);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).getFrame()).extracting(FrameRef::getSequence).isEqualTo(i + 1L);
      assertThat(answers.get(i).getFacesCount()).isEqualTo(i % 2 == 0 ? 1 : 0);
    }
    assertThat(answers.stream().flatMap(a -> a.getFacesList().stream()).map(FaceCrop::getTrackId))
        .containsOnly(answers.get(0).getFaces(0).getTrackId());
  }

  @Test
  void everyKindOfBadFrameIsAnsweredAndCountedAndTheCameraGoesOn() throws Exception {
    byte[] good = TestFace.jpeg();
    answer(frame("door", Purpose.WATCH, good));
    byte[] cut = Arrays.copyOf(good, good.length / 2);
    assertThat(answer(frame("door", Purpose.WATCH, cut)).getProblemsList())
        .containsExactly(Reason.BAD_FRAME);
    assertThat(answer(frame("door", Purpose.WATCH, new byte[0])).getProblemsList())
        .containsExactly(Reason.BAD_FRAME);
    answer(frame("door", Purpose.WATCH, noise(640, 480, 1)));
    answer(frame("door", Purpose.WATCH, noise(160, 120, 2)));
    assertThat(answer(frame("door", Purpose.WATCH, good)).getFacesCount()).isEqualTo(1);
    assertThat(registry.counter(DetectorMetrics.DROPPED, "reason", "BAD_FRAME").count())
        .isEqualTo(2);
    assertThat(registry.counter(DetectorMetrics.PROCESSED).count()).isEqualTo(4);
  }

  @Test
  void placesOfNoiseThatNobodyLookedAtAreCounted() throws Exception {
    BufferedImage grains = ImageIO.read(new ByteArrayInputStream(noise(960, 540, 3)));
    BufferedImage broken = new BufferedImage(1920, 1080, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = broken.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(grains, 0, 0, 1920, 1080, null);
    graphics.dispose();
    answer(frame("broken", Purpose.WATCH, jpeg(broken)).toBuilder().setMinFacePx(12).build());
    assertThat(registry.get(DetectorMetrics.LEFT_OUT).functionCounter().count()).isPositive();
  }

  @Test
  void ofACrowdTheLargestFacesCount() throws Exception {
    BufferedImage face = ImageIO.read(new ByteArrayInputStream(TestFace.jpeg()));
    BufferedImage crowd = new BufferedImage(1920, 960, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = crowd.createGraphics();
    for (int i = 0; i < 200; i++) {
      graphics.drawImage(face, i % 20 * 96, i / 20 * 96, 96, 96, null);
    }
    graphics.dispose();
    Faces faces =
        answer(frame("stadium", Purpose.WATCH, jpeg(crowd)).toBuilder().setMinFacePx(20).build());
    assertThat(faces.getFacesCount()).isEqualTo(DetectorSettings.defaults().maxFaces());
  }

  /** Also the soak test: 100,000 frames by hand, with soak.frames=50000. */
  @Test
  void memoryStaysFlat() throws Exception {
    List<byte[]> pictures = new ArrayList<>(List.of(TestFace.jpeg(), TestFace.withoutFace()));
    for (int i = 0; i < 8; i++) {
      pictures.add(noise(160 + 40 * i, 240, i));
    }
    soak(pictures, 200);
    long settled = soak(pictures, SOAK_FRAMES);
    long end = soak(pictures, SOAK_FRAMES);
    System.out.printf(
        "Resident after %d frames %d MB, after %d more %d MB%n",
        200 + SOAK_FRAMES, settled, SOAK_FRAMES, end);
    assertThat(end).isLessThan(settled + 100);
  }

  /**
   * @return resident megabytes afterwards
   */
  private long soak(List<byte[]> pictures, int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      // A new camera now and then, as browsers are; the sizes of one camera change as well.
      String camera = i % 10 == 0 ? "browser-" + sequence : "camera-" + i % 3;
      analysis.analyse(
          List.of(frame(camera, Purpose.WATCH, pictures.get(i / 4 % pictures.size()))), NOON_US);
    }
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IllegalStateException("Linux does not say what is resident");
  }

  private double searches(String kind) {
    return registry.counter(DetectorMetrics.SEARCHES, "kind", kind).count();
  }

  private Faces answer(Frame frame) {
    return analysis.analyse(List.of(frame), NOON_US).get(0);
  }

  private Frame frame(String camera, Purpose purpose, byte[] jpeg) {
    sequence++;
    return Frame.newBuilder()
        .setRef(
            FrameRef.newBuilder()
                .setCameraId(camera)
                .setPurpose(purpose)
                .setSequence(sequence)
                .setCapturedAtUs(NOON_US + sequence * 100_000))
        .setJpeg(ByteString.copyFrom(jpeg))
        .build();
  }

  private static byte[] noise(int widthPx, int heightPx, long seed) throws IOException {
    BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int y = 0; y < heightPx; y++) {
      for (int x = 0; x < widthPx; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return jpeg(image);
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
