package io.facelogin.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.manifest.Manifest;
import io.facelogin.models.manifest.UnusableManifestException;
import io.facelogin.models.weights.Weights;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedModelsTest {

  @TempDir Path empty;

  @Test
  void cloneIsCompleteForTheDefaultNetworks() throws Exception {
    ModelStore store = new ModelStore(empty);

    Weights mtcnn = store.weights("mtcnn");
    Weights mobileFaceNet = store.weights("mobilefacenet");

    assertThat(mtcnn.get("pnet/conv1/weights").shape()).containsExactly(3, 3, 3, 10);
    assertThat(mtcnn.get("onet/conv5/weights").shape()).containsExactly(1152, 256);
    assertThat(mobileFaceNet.get("stem/conv/weights").shape()).containsExactly(3, 3, 3, 64);
    assertThat(mobileFaceNet.get("block_5_0/depthwise/alpha").shape()).containsExactly(512);
    assertThat(mobileFaceNet.get("head/embedding/weights").shape()).containsExactly(1, 1, 512, 192);
  }

  @Test
  void unknownNameListsTheKnownNetworks() {
    assertThatThrownBy(() -> new ModelStore(empty).openEncoder("facenet2"))
        .isInstanceOf(UnusableManifestException.class)
        .hasMessageContaining("There is no network facenet2. Known are mtcnn, mobilefacenet,");
  }

  @Test
  void everyManifestSaysWhoseFacesItWasTrainedOn() {
    assertThat(new ModelStore(empty).known())
        .extracting(Manifest::trainingData)
        .allSatisfy(text -> assertThat(text).isNotBlank());
  }
}
