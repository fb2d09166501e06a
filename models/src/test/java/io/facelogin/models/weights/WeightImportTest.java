package io.facelogin.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightImportTest {

  @TempDir Path folder;

  @Test
  void filesOfAnyFormatBecomeOneSafetensorsFile() throws Exception {
    Path layers = Files.write(folder.resolve("net.tflite"), MadeFiles.tfLite());
    Path more = Files.write(folder.resolve("more.pt"), MadeFiles.pyTorchZip());
    Path made = folder.resolve("net.safetensors");

    WeightImport.toSafetensors(List.of(layers, more), made);

    Weights read = WeightFormats.read(made);
    assertThat(read.names()).containsExactlyInAnyOrder("net/conv/weights", "net/conv/biases", "w");
    assertThat(read.get("w").values()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(folder.resolve("net.safetensors.part")).doesNotExist();
  }

  @Test
  void tensorsOfOneNameAreRefusedAndNothingIsWritten() throws Exception {
    Path one = Files.write(folder.resolve("one.pt"), MadeFiles.pyTorchZip());
    Path two = Files.write(folder.resolve("two.pt"), MadeFiles.pyTorchZip());
    Path made = folder.resolve("net.safetensors");

    assertThatThrownBy(() -> WeightImport.toSafetensors(List.of(one, two), made))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("[w]");
    assertThat(made).doesNotExist();
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(
            () ->
                WeightImport.toSafetensors(
                    List.of(folder.resolve("nowhere.pt")), folder.resolve("net.safetensors")))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("nowhere.pt");
  }
}
