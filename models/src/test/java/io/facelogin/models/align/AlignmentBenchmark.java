package io.facelogin.models.align;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.MadePictures;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.picture.Picture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One face of a full-HD frame, turned a little, to the crop of 112 px. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AlignmentBenchmark {

  private final Picture frame = MadePictures.noise(1920, 1080, 1);
  private final FaceAligner aligner = new FaceAligner(AlignmentTemplate.ARCFACE_112);
  private final Landmarks landmarksPx =
      new Landmarks(
          new Point(900, 500),
          new Point(972, 512),
          new Point(931, 545),
          new Point(898, 580),
          new Point(958, 590));

  @Benchmark
  public AlignedFace align() {
    return aligner.align(frame, landmarksPx);
  }

  @TearDown
  public void close() {
    frame.close();
  }
}
