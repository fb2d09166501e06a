package io.facelogin.models.mobilefacenet;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.Crops;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.Embedding;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.SharedData;
import io.facelogin.models.align.AlignmentTemplate;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Against vectors that the reference computed of 14 faces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MobileFaceNetReferenceIT {

  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.ARCFACE_112;

  private MobileFaceNet encoder;

  @BeforeAll
  void open() {
    encoder =
        new MobileFaceNet(
            new ModelId("mobilefacenet"), TEMPLATE.name(), PackagedWeights.of("mobilefacenet"));
  }

  @AfterAll
  void close() {
    encoder.close();
  }

  @Test
  void givesTheVectorsOfTheReferenceForItsCrops() {
    List<AlignedFace> crops = new ArrayList<>();
    for (JsonNode crop : expected().get("crops")) {
      crops.add(
          Crops.read("expected/crops/" + crop.get("name").asString() + ".png", TEMPLATE.name()));
    }
    assertThat(worstSimilarity(encoder.encode(crops))).isGreaterThan(0.99999f);
  }

  @Test
  void alignsTheReferencesPointsToItsCrops() {
    double worst = 0;
    for (JsonNode crop : expected().get("crops")) {
      byte[] wanted =
          Crops.read("expected/crops/" + crop.get("name").asString() + ".png", TEMPLATE.name())
              .rgb();
      try (Picture picture =
          SharedData.picture("expected/images/" + crop.get("image").asString())) {
        byte[] aligned =
            new FaceAligner(TEMPLATE).align(picture, landmarks(crop.get("landmarks"))).rgb();
        double sum = 0;
        for (int i = 0; i < wanted.length; i++) {
          sum += Math.abs((aligned[i] & 0xff) - (wanted[i] & 0xff));
        }
        worst = Math.max(worst, sum / wanted.length);
      }
    }
    System.out.printf("Alignment: worst mean difference of a crop %.4f levels%n", worst);
    assertThat(worst).isLessThan(0.1);
  }

  @Test
  void givesTheVectorsOfTheReferenceFromWholePictures() {
    List<AlignedFace> crops = new ArrayList<>();
    FaceAligner aligner = new FaceAligner(TEMPLATE);
    try (var detector = new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn"))) {
      for (JsonNode crop : expected().get("crops")) {
        try (Picture picture =
            SharedData.picture("expected/images/" + crop.get("image").asString())) {
          DetectedFace face =
              detector.detect(List.of(picture), 40).get(0).get(crop.get("face").intValue());
          crops.add(aligner.align(picture, face.landmarksPx()));
        }
      }
    }
    assertThat(worstSimilarity(encoder.encode(crops))).isGreaterThan(0.9995f);
  }

  private static float worstSimilarity(List<Embedding> embeddings) {
    JsonNode vectors = expected().get("encoders").get("mfn192_tflite").get("embeddings");
    float worst = 1;
    for (int i = 0; i < embeddings.size(); i++) {
      String name = expected().get("crops").get(i).get("name").asString();
      float[] vector = new float[192];
      for (int k = 0; k < vector.length; k++) {
        vector[k] = vectors.get(name).get(k).floatValue();
      }
      Embedding embedding = embeddings.get(i);
      worst =
          Math.min(
              worst, embedding.cosineSimilarity(Embedding.normalised(embedding.model(), vector)));
    }
    System.out.printf("MobileFaceNet: worst cosine with the reference %.7f%n", worst);
    return worst;
  }

  private static JsonNode expected() {
    return SharedData.json("expected/embeddings.json");
  }

  private static Landmarks landmarks(JsonNode points) {
    return new Landmarks(
        point(points.get(0)),
        point(points.get(1)),
        point(points.get(2)),
        point(points.get(3)),
        point(points.get(4)));
  }

  private static Point point(JsonNode xy) {
    return new Point(xy.get(0).floatValue(), xy.get(1).floatValue());
  }
}
