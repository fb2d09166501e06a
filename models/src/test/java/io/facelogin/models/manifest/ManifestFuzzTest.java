package io.facelogin.models.manifest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest is read, or its faults are listed. */
class ManifestFuzzTest {

  @MethodSource("manifests")
  @FuzzTest(maxDuration = "2m")
  void aManifestIsReadOrItsFaultsAreListed(byte[] yaml) {
    try {
      ManifestYaml.read("fuzzed.yaml", new String(yaml, StandardCharsets.UTF_8));
    } catch (UnusableManifestException e) {
      // The documented answer.
    }
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
