package io.facelogin.models.facenet;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Crops;
import io.facelogin.models.Embedding;
import io.facelogin.models.SharedData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Against vectors that the reference computed with the same formula weights. */
class InceptionResnetV1ReferenceIT {

  private static final String ALIGNMENT = "facenet-160";

  @ParameterizedTest
  @EnumSource(Standardisation.class)
  void givesTheVectorsOfTheReference(Standardisation standardisation) {
    JsonNode expected = SharedData.json("expected/facenet_parity/expected.json");
    List<AlignedFace> crops = new ArrayList<>();
    for (JsonNode name : expected.get("crops")) {
      crops.add(
          name.asString().equals("synthetic")
              ? synthetic()
              : Crops.read("expected/facenet_parity/crops/" + name.asString() + ".png", ALIGNMENT));
    }
    List<Embedding> embeddings;
    try (var encoder =
        new InceptionResnetV1(
            new ModelId("facenet"),
            ALIGNMENT,
            standardisation,
            FormulaWeights.inceptionResnetV1())) {
      embeddings = encoder.encode(crops);
    }
    JsonNode vectors =
        expected.get(
            standardisation == Standardisation.FIXED ? "embeddings_fixed" : "embeddings_prewhiten");
    double largest = 0;
    for (int i = 0; i < crops.size(); i++) {
      JsonNode vector = vectors.get(expected.get("crops").get(i).asString());
      for (int k = 0; k < 512; k++) {
        largest =
            Math.max(largest, Math.abs(embeddings.get(i).vector()[k] - vector.get(k).floatValue()));
      }
    }
    System.out.printf(
        "Inception-ResNet-v1 %s: largest difference %.7f%n", standardisation, largest);
    assertThat(largest).isLessThan(1e-4);
  }

  private static AlignedFace synthetic() {
    byte[] rgb = new byte[160 * 160 * 3];
    for (int y = 0; y < 160; y++) {
      for (int x = 0; x < 160; x++) {
        int at = (y * 160 + x) * 3;
        rgb[at] = (byte) ((7 * x + 13 * y) % 256);
        rgb[at + 1] = (byte) (x * y % 256);
        rgb[at + 2] = (byte) ((5 * x * x + 3 * y * y) % 256);
      }
    }
    return new AlignedFace(rgb, 160, 160, ALIGNMENT);
  }
}
