package io.facelogin.infra.benchmark.soak;

import com.google.protobuf.ByteString;
import io.facelogin.contract.v1.Embeddings;
import io.facelogin.contract.v1.Faces;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.FrameRef;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.DetectorSettings;
import io.facelogin.detector.frame.FrameAnalysis;
import io.facelogin.encoder.EncoderMetrics;
import io.facelogin.encoder.EncoderSettings;
import io.facelogin.encoder.face.FaceEncoding;
import io.facelogin.models.Encoder;
import io.facelogin.models.FaceFinder;
import io.facelogin.models.MirroredEncoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Detector and encoder as the workers run them, on far more frames than a test has time for: most
 * frames are cameras' and followed, now and then one is a still picture, searched whole. One
 * thread.
 */
public final class Soak {

  /** Memory is flat if no more than this was added after the first quarter. */
  public static final long MARGIN_MB = 100;

  private static final int LOOKS = 20;
  private static final int POLL = 8;
  private static final int STILL_EACH = 32;
  private static final int CAMERAS = 3;
  private static final int FRAMES_OF_A_CAMERA = 1000;
  private static final long APART_US = 200_000;

  private final FrameAnalysis analysis;
  private final FaceEncoding encoding;
  private long next;
  private long faces;

  public Soak(int minFacePx, FaceFinder finder, Encoder encoder) {
    var registry = new SimpleMeterRegistry();
    this.analysis =
        new FrameAnalysis(
            DetectorSettings.defaults().withMinFacePx(minFacePx),
            finder,
            Optional::empty,
            new DetectorMetrics(registry),
            Clock.systemUTC());
    this.encoding =
        new FaceEncoding(
            EncoderSettings.defaults(),
            new MirroredEncoder(encoder),
            new EncoderMetrics(registry),
            Clock.systemUTC());
  }

  /**
   * Warms the networks up.
   *
   * @return milliseconds since this process began
   */
  public long warmUp() {
    analysis.warmUp();
    encoding.warmUp();
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /**
   * @return milliseconds from its JPEG to its faces' vectors
   */
  public double firstFrameMs(List<byte[]> pictures) {
    long began = System.nanoTime();
    answer(List.of(frame(Purpose.IDENTIFY, bytes(pictures))));
    return (System.nanoTime() - began) / 1e6;
  }

  /**
   * @param pictures JPEG files, shown in turn
   * @param seen gets each look at what is held, in between
   * @return all of them
   */
  public List<Held> run(List<byte[]> pictures, long frames, Consumer<Held> seen)
      throws IOException {
    List<ByteString> shown = bytes(pictures);
    List<Held> looks = new ArrayList<>();
    long began = System.nanoTime();
    for (int look = 1; look <= LOOKS; look++) {
      while (next < frames * look / LOOKS) {
        poll(shown);
      }
      Held held = Held.now(next, faces, (System.nanoTime() - began) / 1e9);
      looks.add(held);
      seen.accept(held);
    }
    return looks;
  }

  /** What is resident at the end beyond the most of the first quarter. */
  public static long grownMb(List<Held> looks) {
    long before =
        looks.subList(0, Math.max(1, looks.size() / 4)).stream()
            .mapToLong(Held::residentMb)
            .max()
            .orElseThrow();
    return looks.get(looks.size() - 1).residentMb() - before;
  }

  private static List<ByteString> bytes(List<byte[]> files) {
    return files.stream().map(ByteString::copyFrom).toList();
  }

  private void poll(List<ByteString> pictures) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < POLL; i++) {
      frames.add(frame(next % STILL_EACH == 0 ? Purpose.IDENTIFY : Purpose.WATCH, pictures));
    }
    answer(frames);
  }

  private void answer(List<Frame> frames) {
    List<Faces> found = analysis.analyse(frames, 0);
    for (Embeddings embedded : encoding.encode(found, 0)) {
      faces += embedded.getFacesList().stream().filter(face -> face.getVectorCount() > 0).count();
    }
  }

  /** Cameras come and go, as browsers do. */
  private Frame frame(Purpose purpose, List<ByteString> pictures) {
    long sequence = next++;
    long camera = sequence / (CAMERAS * FRAMES_OF_A_CAMERA) * CAMERAS + sequence % CAMERAS;
    return Frame.newBuilder()
        .setRef(
            FrameRef.newBuilder()
                .setCameraId("camera-" + camera)
                .setPurpose(purpose)
                .setSequence(sequence)
                .setCapturedAtUs(APART_US * (1 + sequence / CAMERAS)))
        .setJpeg(pictures.get((int) (sequence / CAMERAS % pictures.size())))
        .build();
  }
}
