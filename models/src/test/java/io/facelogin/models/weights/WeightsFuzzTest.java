package io.facelogin.models.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of weights gives tensors or says what is wrong with it, whatever its bytes are. */
class WeightsFuzzTest {

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void aFileOfWeightsIsReadOrUnusable(byte[] file) {
    try {
      KnownNetworks.ourNames(WeightFormats.read("fuzzed", file));
    } catch (UnusableWeightsException e) {
      // The documented answer.
    }
  }

  static Stream<byte[]> files() throws IOException {
    return Stream.of(
        MadeFiles.safetensors(),
        MadeFiles.pyTorchZip(),
        MadeFiles.npz(),
        MadeFiles.npy("<f4", "False", "2,", MadeFiles.floats(1, 2)),
        MadeFiles.tfLite(),
        new byte[] {0x0A, 4, 0x0A, 2, 'w', 'x'});
  }
}
