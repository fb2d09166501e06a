package io.facelogin.models.manifest;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest is read, or its faults are listed. */
class ManifestFuzzTest {

  private static final long MOST_BYTES = 64 << 20;

  @MethodSource("manifests")
  @FuzzTest(maxDuration = "2m")
  void aManifestIsReadOrItsFaultsAreListed(byte[] yaml) {
    try {
      ManifestYaml.read("fuzzed.yaml", new String(yaml, StandardCharsets.UTF_8));
    } catch (UnusableManifestException e) {
      // The documented answer.
    }
  }

  @Property(tries = 1000, seed = "1")
  void damagedManifestsToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> aManifestIsReadOrItsFaultsAreListed(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    return ForeignBytes.damaged(manifests().toList());
  }

  static Stream<byte[]> manifests() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ManifestYaml.class.getResourceAsStream(
                "/io/facelogin/models/packaged/mobilefacenet.yaml"))) {
      return Stream.of(in.readAllBytes(), "a: &a [*a]".getBytes(StandardCharsets.UTF_8));
    }
  }
}
