package io.facelogin.infra.benchmark.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.infra.SharedData;
import io.facelogin.models.weights.NamedTensor;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MadeFaceNetTest {

  @Test
  void hasTheShapesOfThePublishedNetwork() throws Exception {
    Map<String, String> made = new TreeMap<>();
    for (NamedTensor tensor : MadeFaceNet.weights().all()) {
      made.put(tensor.name(), Arrays.toString(tensor.shape()).replace(" ", ""));
    }
    JsonNode published =
        new JsonMapper()
            .readTree(
                Files.readString(
                    SharedData.folder("expected/facenet_parity").resolve("tensors.json")));

    assertThat(made).isNotEmpty();
    published
        .properties()
        .forEach(
            entry -> assertThat(made.get(entry.getKey())).isEqualTo(entry.getValue().toString()));
  }
}
