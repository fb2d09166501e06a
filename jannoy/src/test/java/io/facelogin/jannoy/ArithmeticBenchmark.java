package io.facelogin.jannoy;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The inner loops of a search: one probe with one vector of floats, and with many rows of bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ArithmeticBenchmark {

  /** More bytes than the caches next to the processor hold. */
  private static final int GROUPS = 256;

  @Param({"192", "512"})
  public int dimension;

  /** "fastest" is SIMD here. */
  @Param({"fastest", "sequential"})
  public String loops = "";

  private VectorArithmetic vectors = VectorArithmetic.fastest();
  private ByteRows rows = ByteRows.fastest();
  private float[] left = new float[0];
  private float[] right = new float[0];
  private short[] probe = new short[0];
  private byte[] codes = new byte[0];
  private final float[] scales = new float[ByteRows.GROUP];
  private final float[] slacks = new float[ByteRows.GROUP];

  @Setup
  public void fill() {
    boolean fastest = loops.equals("fastest");
    vectors = fastest ? VectorArithmetic.fastest() : VectorArithmetic.sequential();
    rows = fastest ? ByteRows.fastest() : ByteRows.sequential();
    Random random = new Random(1);
    left = new float[dimension];
    right = new float[dimension];
    probe = new short[ByteRows.padded(dimension)];
    for (int i = 0; i < dimension; i++) {
      left[i] = (float) random.nextGaussian();
      right[i] = (float) random.nextGaussian();
      probe[i] = (short) (random.nextInt(2 * ByteRows.LARGEST_PROBE + 1) - ByteRows.LARGEST_PROBE);
    }
    codes = new byte[GROUPS * ByteRows.GROUP * probe.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (random.nextInt(2 * ByteRows.LARGEST_CODE + 1) - ByteRows.LARGEST_CODE);
    }
    for (int row = 0; row < ByteRows.GROUP; row++) {
      scales[row] = 1e-5f;
      slacks[row] = 1e-2f;
    }
  }

  @Benchmark
  public float dot() {
    return vectors.dot(left, 0, right, 0, dimension);
  }

  @Benchmark
  public float squaredDistance() {
    return vectors.squaredDistance(left, 0, right, 0, dimension);
  }

  /** Time of one group of 64 rows. */
  @Benchmark
  @OperationsPerInvocation(GROUPS)
  public long scanGroup() {
    long above = 0;
    int groupBytes = ByteRows.GROUP * probe.length;
    for (int offset = 0; offset < codes.length; offset += groupBytes) {
      above ^= rows.above(codes, offset, probe, scales, slacks, 0, 1, 0.5f);
    }
    return above;
  }
}
