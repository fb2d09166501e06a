package io.facelogin.models.mtcnn;

import io.facelogin.models.MadePictures;
import io.facelogin.models.mtcnn.NonMaximumSuppression.Overlap;
import io.facelogin.models.picture.Picture;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the cascade does beside its networks, on a full-HD frame; the networks take no part. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CascadeBenchmark {

  private static final int WIDTH_PX = 1920;
  private static final int HEIGHT_PX = 1080;
  private static final int MIN_FACE_PX = 40;
  private static final int CROPS = 256;
  private static final int CANDIDATES = 4000;

  private final Picture frame = MadePictures.noise(WIDTH_PX, HEIGHT_PX, 1);
  private final Pixels pixels = new Pixels(frame);
  private final Field field = new Field(0, 0, 0, WIDTH_PX, HEIGHT_PX);
  private final List<Canvas> canvases =
      Canvas.of(
          Pyramid.levels(WIDTH_PX, HEIGHT_PX, MIN_FACE_PX).stream()
              .flatMap(level -> ProposalNetwork.pieces(field, level).stream())
              .toList());
  private final List<Candidate> candidates = candidates(CANDIDATES);
  private final List<Candidate> cropped = candidates(CROPS);
  private final CropCutter cutter24 = new CropCutter(24);
  private final CropCutter cutter48 = new CropCutter(48);
  private final float[] crop = new float[48 * 48 * Pixels.CHANNELS];

  /** Squares of 40 to 200 px, those at the rim partly outside, in clusters as P-Net leaves them. */
  private static List<Candidate> candidates(int count) {
    Random random = new Random(2);
    return Stream.generate(
            () -> {
              double side = 40 + random.nextInt(160);
              int cluster = random.nextInt(100);
              double x = cluster % 10 * 192 + random.nextInt(60) - 30;
              double y = cluster / 10 * 108 + random.nextInt(60) - 30;
              double logOdds = random.nextGaussian();
              return new Candidate(x, y, x + side, y + side, logOdds, 0, 0, 0, 0);
            })
        .limit(count)
        .toList();
  }

  /** All levels from a smallest face of 40 px on, with the copy of the frame to the heap. */
  @Benchmark
  public void paintPyramid(Blackhole hole) {
    CanvasPainter painter = new CanvasPainter(List.of(new Pixels(frame)));
    for (Canvas canvas : canvases) {
      hole.consume(painter.paint(canvas));
    }
  }

  /** One crop as R-Net takes it. */
  @Benchmark
  @OperationsPerInvocation(CROPS)
  public void cutCrop24(Blackhole hole) {
    cut(cutter24, hole);
  }

  /** One crop as O-Net takes it. */
  @Benchmark
  @OperationsPerInvocation(CROPS)
  public void cutCrop48(Blackhole hole) {
    cut(cutter48, hole);
  }

  private void cut(CropCutter cutter, Blackhole hole) {
    for (Candidate box : cropped) {
      cutter.cut(pixels, box, crop, 0);
      hole.consume(crop);
    }
  }

  /** 4,000 candidates as after P-Net. */
  @Benchmark
  public List<Integer> suppressByUnion() {
    return NonMaximumSuppression.keep(candidates, 0.7, Overlap.UNION);
  }

  /** As many as after O-Net, where there are far fewer. */
  @Benchmark
  public List<Integer> suppressBySmallerBox() {
    return NonMaximumSuppression.keep(candidates, 0.7, Overlap.SMALLER_BOX);
  }

  @TearDown
  public void close() {
    frame.close();
  }
}
