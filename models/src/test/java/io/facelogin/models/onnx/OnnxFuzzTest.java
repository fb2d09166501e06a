package io.facelogin.models.onnx;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that says it is ONNX becomes a graph or is refused; nothing of it is run here. */
class OnnxFuzzTest {

  private static final long MOST_BYTES = 64 << 20;

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void aGraphIsOpenedOrRefused(byte[] file) {
    try {
      OnnxGraph.open("fuzzed", file).session().close();
    } catch (UnusableWeightsException e) {
      // The documented answer.
    }
  }

  /** The libraries beneath are loaded once, which costs more than any file. */
  @BeforeContainer
  static void load() {
    files().forEach(new OnnxFuzzTest()::aGraphIsOpenedOrRefused);
  }

  @Property(tries = 400, seed = "1")
  void damagedGraphsToo(@ForAll("damaged") byte[] file) {
    assertBounded(MOST_BYTES, () -> aGraphIsOpenedOrRefused(file));
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return ForeignBytes.damaged(files().toList());
  }

  static Stream<byte[]> files() {
    return Stream.of(
        new OnnxBuilder(3, 8, 8)
            .floats("w", new long[] {2, 3, 1, 1}, 1, 2, 3, 4, 5, 6)
            .node("Conv", List.of("x", "w"), "convolved", "kernel_shape", new long[] {1, 1})
            .node("Relu", List.of("convolved"), "positive")
            .file(),
        new OnnxBuilder(3, 8, 8)
            .numbers("shape", 1, -1)
            .node("Reshape", List.of("x", "shape"), "flat")
            .file());
  }
}
