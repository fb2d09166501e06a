package io.facelogin.detector.presentation;

import io.facelogin.detector.PresentationSettings;
import io.facelogin.detector.TestFace;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.Detector;
import io.facelogin.models.FaceInPicture;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.PictureReader;
import io.facelogin.models.store.FetchProgress;
import io.facelogin.models.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the attack check costs for a face in a frame: a photograph that is moved about, which never
 * shows enough to be left in peace, and is compared with four earlier frames each time. Picture and
 * weights are of the shared data.
 */
@NullUnmarked // JMH calls find() first
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PresentationBenchmark {

  private static final int FRAMES_PER_SECOND = 8;
  private static final int FRAMES = 6 * FRAMES_PER_SECOND;

  private final List<FlatPicture.Shown> frames = new ArrayList<>();
  private final List<FacePatch> patches = new ArrayList<>();
  private Picture still;
  private FaceInPicture face;
  private AttackDetector networks;
  private TrackEvidence evidence;
  private int next;

  @Setup
  public void find() throws Exception {
    Path folder = Files.createTempDirectory("benchmark-models");
    ModelStore store = new ModelStore(folder);
    Optional<String> weights = Optional.of(TestFace.weights().toString());
    store.fetch("minifasnet", weights, Optional.empty(), FetchProgress.silent());
    networks = store.openAttackDetector();
    still = PictureReader.read(TestFace.jpeg());
    DetectedFace found;
    try (Detector detector = store.openDetector()) {
      found = detector.detect(List.of(still), 40).get(0).get(0);
    }
    face = new FaceInPicture(still, found.boxPx());
    FlatPicture photograph = new FlatPicture(still, found.landmarksPx(), 1, 0.5);
    for (int i = 0; i < FRAMES; i++) {
      FlatPicture.Shown shown = photograph.at((double) i / FRAMES_PER_SECOND);
      frames.add(shown);
      patches.add(FacePatch.of(shown.picture(), shown.face()).orElseThrow());
    }
  }

  /** The networks, one face a call. */
  @Benchmark
  public float[] networks() {
    return networks.attackScores(List.of(face));
  }

  /** The face cut out, at its size and freed of its light. */
  @Benchmark
  public Optional<FacePatch> patch() {
    FlatPicture.Shown shown = frames.get(next++ % FRAMES);
    return FacePatch.of(shown.picture(), shown.face());
  }

  /** One comparison with the frame before. */
  @Benchmark
  public Optional<PlaneFit> comparison() {
    int i = next++ % (FRAMES - 1);
    return PlaneFit.between(patches.get(i), patches.get(i + 1));
  }

  /** All that relief takes in a frame: a patch and the comparisons. */
  @Benchmark
  public float relief() {
    int i = next++ % FRAMES;
    if (i == 0) {
      evidence = new TrackEvidence(PresentationSettings.defaults());
    }
    FlatPicture.Shown shown = frames.get(i);
    FacePatch patch = FacePatch.of(shown.picture(), shown.face()).orElseThrow();
    evidence.seen(patch, 1_000_000L * i / FRAMES_PER_SECOND);
    return evidence.relief();
  }

  @TearDown
  public void close() {
    frames.forEach(shown -> shown.picture().close());
    still.close();
    networks.close();
  }
}
