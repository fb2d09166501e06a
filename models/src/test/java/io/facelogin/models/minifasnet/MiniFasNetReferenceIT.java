package io.facelogin.models.minifasnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FaceInPicture;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.SharedData;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.mtcnn.MtcnnDetector;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.store.FetchProgress;
import io.facelogin.models.store.ModelStore;
import io.facelogin.models.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Against what the original networks said of ten faces, on PyTorch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MiniFasNetReferenceIT {

  private static final List<String> NETWORKS = List.of("minifas_2.7_V2", "minifas_4.0_V1SE");

  private MiniFasNet network;

  @BeforeAll
  void open(@TempDir Path models) throws Exception {
    String mirror = SharedData.path("weights").toString();
    ModelStore store = new ModelStore(models);
    assertThat(
            store
                .fetch("minifasnet", Optional.of(mirror), Optional.empty(), FetchProgress.silent())
                .usable())
        .isTrue();
    Weights weights = store.weights("minifasnet");
    network = new MiniFasNet(new ModelId("minifasnet"), weights);
  }

  @AfterAll
  void close() {
    if (network != null) {
      network.close();
    }
  }

  @Test
  void saysOfEachFaceWhatTheOriginalSays() {
    double worst = 0;
    for (Map.Entry<String, JsonNode> face :
        SharedData.json("expected/antispoof.json").properties()) {
      JsonNode expected = face.getValue();
      try (Picture picture = SharedData.picture("expected/images/" + face.getKey())) {
        List<FaceInPicture> faces = List.of(new FaceInPicture(picture, box(expected.get("box"))));
        List<float[]> classes = network.classes(faces);
        for (int n = 0; n < NETWORKS.size(); n++) {
          JsonNode softmax = expected.get(NETWORKS.get(n)).get("softmax");
          for (int c = 0; c < 3; c++) {
            worst = Math.max(worst, Math.abs(classes.get(n)[c] - softmax.get(c).floatValue()));
          }
        }
        assertThat(network.attackScores(faces)[0])
            .as(face.getKey())
            .isCloseTo(1 - expected.get("minifas_mean_real").floatValue(), Offset.offset(1e-4f));
      }
    }
    System.out.printf("MiniFASNet: worst difference of a class %.6f%n", worst);
    assertThat(worst).isLessThan(1e-4);
  }

  @Test
  void cutsTheSurroundingsThatTheOriginalCuts() {
    List<Surroundings> cuts = List.of(new Surroundings(2.7), new Surroundings(4.0));
    for (Map.Entry<String, JsonNode> face :
        SharedData.json("expected/antispoof.json").properties()) {
      try (Picture picture = SharedData.picture("expected/images/" + face.getKey())) {
        Box box = box(face.getValue().get("box"));
        for (int n = 0; n < cuts.size(); n++) {
          JsonNode place = face.getValue().get(NETWORKS.get(n)).get("crop_ltrb_inclusive");
          assertThat(cuts.get(n).placePx(box, picture.widthPx(), picture.heightPx()))
              .as(face.getKey())
              .containsExactly(
                  place.get(0).intValue(),
                  place.get(1).intValue(),
                  place.get(2).intValue(),
                  place.get(3).intValue());
        }
      }
    }
  }

  @Test
  void judgesOneFaceAloneAsAmongOthersAndFromThePicture() {
    try (MtcnnDetector detector =
            new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn"));
        Picture live = SharedData.picture("expected/images/spoof-real-T1.jpg");
        Picture print = SharedData.picture("expected/images/spoof-fake-F2.jpg")) {
      List<FaceInPicture> faces = new ArrayList<>();
      for (Picture picture : List.of(live, print)) {
        DetectedFace first = detector.detect(List.of(picture), 40).get(0).get(0);
        faces.add(new FaceInPicture(picture, first.boxPx()));
      }

      float[] together = network.attackScores(faces);

      assertThat(together[0]).isLessThan(0.01f);
      assertThat(together[1]).isGreaterThan(0.99f);
      assertThat(network.attackScores(faces.subList(1, 2))[0])
          .isCloseTo(together[1], Offset.offset(1e-4f));
      assertThat(network.attackScores(List.of())).isEmpty();
    }
  }

  /** The file has three digits: 786.000 was a little less, which the cut must see. */
  private static Box box(JsonNode corners) {
    return new Box(
        corners.get(0).floatValue() - 0.0004f,
        corners.get(1).floatValue() - 0.0004f,
        corners.get(2).floatValue() - 0.0004f,
        corners.get(3).floatValue() - 0.0004f);
  }
}
