package io.facelogin.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.weights.MadeFiles.PickleWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightFormatsTest {

  @Test
  void safetensorsReadBackAsWritten() throws Exception {
    Weights weights = WeightFormats.read("made.safetensors", MadeFiles.safetensors());

    assertThat(weights.names()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(weights.get("a").shape()).containsExactly(2, 3);
    assertThat(weights.get("a").values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(weights.get("b").values()).containsExactly(7);
    assertThat(MadeFiles.safetensors()).isEqualTo(MadeFiles.safetensors());
  }

  @Test
  void transposedTensorOfStateDictIsPutInOrder() throws Exception {
    NamedTensor tensor = WeightFormats.read("made.pt", MadeFiles.pyTorchZip()).get("w");

    assertThat(tensor.shape()).containsExactly(3, 2);
    assertThat(tensor.values()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void fortranOrderedArrayIsPutInOrder() throws Exception {
    byte[] file = MadeFiles.npy("<f4", "True", "2, 3", MadeFiles.floats(1, 4, 2, 5, 3, 6));

    NamedTensor tensor = WeightFormats.read("made.npy", file).get("made.npy");

    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void halfPrecisionIsExact() throws Exception {
    byte[] file =
        MadeFiles.npy("<f2", "False", "4,", new byte[] {0, 0x3c, 1, 0, 0, (byte) 0xc0, 0, 0x7c});

    assertThat(WeightFormats.read("h", file).get("h").values())
        .containsExactly(1f, 0x1p-24f, -2f, Float.POSITIVE_INFINITY);
  }

  @Test
  void tfLiteLayerIsNamedAfterItsBiasAndTurnedToTensorFlowsAxes() throws Exception {
    Weights weights = WeightFormats.read("made.tflite", MadeFiles.tfLite());

    assertThat(weights.names()).containsExactlyInAnyOrder("net/conv/weights", "net/conv/biases");
    assertThat(weights.get("net/conv/weights").shape()).containsExactly(1, 2, 1, 3);
    assertThat(weights.get("net/conv/weights").values()).containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void pickleThatWantsToRunSomethingIsRefusedByName() throws Exception {
    byte[] evil =
        new PickleWriter()
            .op(0x80, 2)
            .global("posix", "system")
            .text("touch /tmp/owned")
            .op(0x85)
            .op('R')
            .op('.')
            .bytes();

    assertThatThrownBy(
            () -> WeightFormats.read("evil.pt", MadeFiles.zip(Map.of("archive/data.pkl", evil))))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("evil.pt")
        .hasMessageContaining("posix.system");
  }

  @Test
  void everyPickleFunctionThatIsNotListedIsRefused() {
    for (String name : new String[] {"builtins.eval", "os.system", "torch.nn.Module"}) {
      String[] parts = name.split("\\.(?=[^.]+$)");
      byte[] pickle = new PickleWriter().op(0x80, 2).global(parts[0], parts[1]).op('.').bytes();
      byte[] file = array(pickle);

      assertThatThrownBy(() -> WeightFormats.read("evil.npy", file))
          .isInstanceOf(UnusableWeightsException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void headerThatAnnouncesMoreThanTheFileHoldsIsRefusedAtOnce() throws Exception {
    byte[] file = MadeFiles.npy("<f4", "False", "2000000000, 2000000000", MadeFiles.floats(1));

    assertThatThrownBy(() -> WeightFormats.read("huge.npy", file))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("huge.npy");
  }

  @Test
  void truncatedFileSaysSo() throws Exception {
    byte[] whole = MadeFiles.safetensors();

    assertThatThrownBy(
            () -> WeightFormats.read("cut.safetensors", Arrays.copyOf(whole, whole.length - 5)))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("cut.safetensors is truncated or altered");
  }

  @Test
  void unknownFormatNamesThoseThatAreRead() {
    assertThatThrownBy(
            () -> WeightFormats.read("x.txt", "hello, world".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("safetensors");
  }

  private static byte[] array(byte[] pickle) {
    try {
      return MadeFiles.npy("|O", "False", "", pickle);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
