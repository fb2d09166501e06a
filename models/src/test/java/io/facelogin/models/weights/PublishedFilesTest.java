package io.facelogin.models.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.models.SharedData;
import io.facelogin.models.store.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files as their authors published them. Sums were taken by another program. */
class PublishedFilesTest {

  @TempDir Path empty;

  @ParameterizedTest
  @CsvSource({"det1.npy, pnet, 13", "det2.npy, rnet, 16", "det3.npy, onet, 21"})
  void packagedDetectorIsBitForBitThatOfItsAuthors(String file, String network, int tensors)
      throws Exception {
    Weights published = WeightFormats.read(SharedData.path("weights/" + file));
    Weights packaged = new ModelStore(empty).weights("mtcnn");

    assertThat(published.names()).hasSize(tensors);
    for (NamedTensor tensor : published.all()) {
      NamedTensor ours = packaged.get(network + "/" + tensor.name());
      assertThat(ours.shape()).as(ours.name()).isEqualTo(tensor.shape());
      assertThat(Arrays.equals(ours.values(), tensor.values())).as(ours.name()).isTrue();
    }
    assertThat(packaged.names())
        .filteredOn(name -> name.startsWith(network + "/"))
        .hasSize(tensors);
  }

  @Test
  void importOfTheThreeFilesMakesThePackagedDetectorByteForByte() throws Exception {
    Path made = empty.resolve("mtcnn.safetensors");

    WeightImport.toSafetensors(
        Stream.of("det1.npy", "det2.npy", "det3.npy")
            .map(name -> SharedData.path("weights/" + name))
            .toList(),
        made);

    try (var packaged =
        ModelStore.class.getResourceAsStream("/io/facelogin/models/packaged/mtcnn.safetensors")) {
      assertThat(made).hasBinaryContent(Objects.requireNonNull(packaged).readAllBytes());
    }
  }

  @Test
  void legacyStateDictGivesItsTensors() throws Exception {
    Weights weights = WeightFormats.read(SharedData.path("weights/foamliu_mobilefacenet.pt"));

    assertThat(weights.names()).hasSize(307);
    assertThat(weights.get("conv1.0.weight").shape()).containsExactly(64, 3, 3, 3);
    assertThat(sum(weights.get("conv1.0.weight"))).isCloseTo(-4.5888402915633435, within());
    assertThat(sum(weights.get("features.14.conv.3.running_var")))
        .isCloseTo(166.77495300769806, within());
    assertThat(weights.get("features.14.conv.3.num_batches_tracked").values())
        .containsExactly(297260f);
  }

  @Test
  void wrapperOfDataParallelTrainingIsTakenOffTheNames() throws Exception {
    Weights weights = WeightFormats.read(SharedData.path("weights/2.7_80x80_MiniFASNetV2.pth"));

    assertThat(weights.names()).hasSize(334).contains("prob.weight");
    assertThat(sum(weights.get("prob.weight"))).isCloseTo(-0.0010382309559, within());
  }

  @Test
  void npzGivesQuantisedNumbersAsTheyAre() throws Exception {
    Weights weights = WeightFormats.read(SharedData.path("weights/edgeface_xs_int8.npz"));

    assertThat(weights.get("stem.0.weight").shape()).containsExactly(32, 3, 4, 4);
    assertThat(weights.names()).anyMatch(name -> name.endsWith("weight_int8"));
  }

  @ParameterizedTest
  @CsvSource({"det1.npy, 27000", "2.7_80x80_MiniFASNetV2.pth, 40000"})
  void damagedPublishedFileGivesTensorsOrMessage(String file, int pickleBytes) throws Exception {
    byte[] whole = Files.readAllBytes(SharedData.path("weights/" + file));
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged =
          random.nextInt(8) == 0
              ? Arrays.copyOf(whole, random.nextInt(whole.length))
              : whole.clone();
      damaged[random.nextInt(Math.min(damaged.length, pickleBytes))] ^=
          (byte) (1 + random.nextInt(255));
      try {
        WeightFormats.read(file, damaged);
      } catch (UnusableWeightsException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  private static double sum(NamedTensor tensor) {
    float[] values = tensor.values();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }
}
