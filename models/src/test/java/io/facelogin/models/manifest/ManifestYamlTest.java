package io.facelogin.models.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.manifest.Manifest.ChannelOrder;
import io.facelogin.models.manifest.Manifest.ImpostorRate;
import io.facelogin.models.manifest.Manifest.Normalisation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestYamlTest {

  static final String WHOLE =
      """
      id: my-net
      kind: encoder
      architecture: onnx
      files:
        - {name: my.onnx, format: onnx, bytes: 5, sha256: a000000000000000000000000000000000000000000000000000000000000000}
      input: {side-px: 112, channels: bgr, normalisation: {kind: fixed, mean: [1, 2, 3], scale: 2.5}}
      alignment: arcface-112
      dimension: 512
      licence: MIT
      needs-acceptance: false
      training-data: unknown
      origin: mine
      measured:
        how: on paper
        impostor-similarity:
          - {fmr: 1e-4, threshold: 0.5}
          - {fmr: 1e-3, threshold: 0.4, tar: 0.99}
        verification-threshold: 0.4
      """;

  @Test
  void wholeManifestIsRead() throws Exception {
    Manifest manifest = ManifestYaml.read("my.yaml", WHOLE);

    assertThat(manifest.id().value()).isEqualTo("my-net");
    assertThat(manifest.sidePx()).isEqualTo(112);
    assertThat(manifest.input().channels()).isEqualTo(ChannelOrder.BGR);
    assertThat(manifest.input().normalisation())
        .isEqualTo(new Normalisation.Fixed(List.of(1f, 2f, 3f), List.of(2.5f)));
    assertThat(manifest.measured().impostorSimilarity())
        .extracting(ImpostorRate::falseMatchRate)
        .containsExactly(1e-3, 1e-4);
    assertThat(manifest.measured().lfwAccuracy()).isEmpty();
  }

  @Test
  void allFaultsAreToldAtOnce() {
    String broken =
        WHOLE
            .replace("licence: MIT", "license: MIT")
            .replace("dimension: 512", "dimension: many")
            .replace("kind: encoder", "kind: oracle");

    assertThatThrownBy(() -> ManifestYaml.read("my.yaml", broken))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessageContaining("my.yaml")
        .hasMessageContaining("licence is missing")
        .hasMessageContaining("unknown key license; known here: ")
        .hasMessageContaining("dimension must be a whole number above 0, found many")
        .hasMessageContaining(
            "kind must be one of detector, encoder, attack-detector, found oracle");
  }

  @Test
  void fileNameThatLeavesTheFolderIsRefused() {
    assertThatThrownBy(
            () -> ManifestYaml.read("my.yaml", WHOLE.replace("my.onnx", "../../etc/passwd")))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessageContaining("files[0].name must be a plain file name");
  }

  @Test
  void thresholdsThatDoNotRiseAreRefused() {
    assertThatThrownBy(() -> ManifestYaml.read("my.yaml", WHOLE.replace("0.5}", "0.3}")))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessageContaining("measured.impostor-similarity");
  }

  @Test
  void textThatIsNoYamlSaysSo() {
    assertThatThrownBy(() -> ManifestYaml.read("my.yaml", "{"))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessageContaining("no YAML");
  }
}
