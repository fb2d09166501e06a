package io.facelogin.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Crops;
import io.facelogin.models.Embedding;
import io.facelogin.models.Encoder;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.SharedData;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.picture.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The encoders that are fetched, against vectors that their own frameworks computed of 14 faces.
 */
class FetchedEncodersReferenceIT {

  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.ARCFACE_112;

  @TempDir Path models;

  @ParameterizedTest
  @CsvSource({"mobilefacenet-128, foamliu128", "edgeface-xs, edgeface_xs"})
  void givesTheVectorsOfTheReference(String name, String reference) throws Exception {
    ModelStore store = new ModelStore(models);
    store.fetch(
        name,
        Optional.of(SharedData.path("weights").toString()),
        Optional.of("CC-BY-NC-SA"),
        FetchProgress.silent());
    JsonNode expected = SharedData.json("expected/embeddings.json");
    List<float[]> vectors = new ArrayList<>();
    List<AlignedFace> crops = new ArrayList<>();
    for (JsonNode crop : expected.get("crops")) {
      String file = crop.get("name").asString();
      crops.add(Crops.read("expected/crops/" + file + ".png", TEMPLATE.name()));
      vectors.add(floats(expected.get("encoders").get(reference).get("embeddings").get(file)));
    }

    try (Encoder encoder = store.openEncoder(name)) {
      float fromCrops = worst(encoder.encode(crops), vectors);
      float fromPictures = worst(encoder.encode(alignedFromPictures(expected)), vectors);

      System.out.printf(
          "%s: worst cosine with the reference %.7f, from whole pictures %.7f%n",
          name, fromCrops, fromPictures);
      assertThat(fromCrops).isGreaterThan(0.99999f);
      assertThat(fromPictures).isGreaterThan(0.9995f);
    }
  }

  private static List<AlignedFace> alignedFromPictures(JsonNode expected) {
    List<AlignedFace> crops = new ArrayList<>();
    FaceAligner aligner = new FaceAligner(TEMPLATE);
    try (var detector = new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn"))) {
      for (JsonNode crop : expected.get("crops")) {
        try (Picture picture =
            SharedData.picture("expected/images/" + crop.get("image").asString())) {
          crops.add(
              aligner.align(
                  picture,
                  detector
                      .detect(List.of(picture), 40)
                      .get(0)
                      .get(crop.get("face").intValue())
                      .landmarksPx()));
        }
      }
    }
    return crops;
  }

  private static float worst(List<Embedding> embeddings, List<float[]> vectors) {
    float worst = 1;
    for (int i = 0; i < vectors.size(); i++) {
      Embedding ours = embeddings.get(i);
      worst =
          Math.min(
              worst, ours.cosineSimilarity(Embedding.normalised(ours.model(), vectors.get(i))));
    }
    return worst;
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }
}
