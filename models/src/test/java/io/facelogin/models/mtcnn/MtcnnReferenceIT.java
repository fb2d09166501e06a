package io.facelogin.models.mtcnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.SharedData;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Against boxes and points that the reference found in 33 pictures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MtcnnReferenceIT {

  /** What is promised for every face of the reference. */
  private static final double MIN_IOU = 0.95;

  /** Landmarks, in widths of the box. */
  private static final double MAX_POINT_OFF = 0.02;

  private MtcnnDetector detector;

  @BeforeAll
  void open() {
    detector = new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn"));
  }

  @AfterAll
  void close() {
    detector.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 20})
  void findsTheFacesOfTheReferenceAtTheSamePlaces(int minFacePx) {
    double worstIou = 1;
    double worstPoint = 0;
    double worstScore = 0;
    int faces = 0;
    int extra = 0;
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> image :
        SharedData.json("expected/detections.json").get("images").properties()) {
      JsonNode expected = image.getValue().get("minsize" + minFacePx).get("faces");
      List<DetectedFace> found;
      try (Picture picture = SharedData.picture("expected/images/" + image.getKey())) {
        found = detector.detect(List.of(picture), minFacePx).get(0);
      }
      extra += Math.max(0, found.size() - expected.size());
      for (JsonNode face : expected) {
        Box box = box(face.get("box"));
        DetectedFace nearest =
            found.stream()
                .max((a, b) -> Float.compare(a.boxPx().iou(box), b.boxPx().iou(box)))
                .orElseThrow(() -> new AssertionError(image.getKey() + ": no face found"));
        double iou = nearest.boxPx().iou(box);
        double point =
            farthest(nearest.landmarksPx().points(), face.get("landmarks")) / box.width();
        if (iou < MIN_IOU || point > MAX_POINT_OFF) {
          wrong.add(image.getKey() + ": IoU " + iou + ", point off by " + point);
        }
        worstIou = Math.min(worstIou, iou);
        worstPoint = Math.max(worstPoint, point);
        worstScore =
            Math.max(
                worstScore, Math.abs(nearest.detectionScore() - face.get("score").floatValue()));
        faces++;
      }
    }
    System.out.printf(
        "MTCNN at %d px: %d faces, worst IoU %.5f, worst point %.5f box widths, worst score %.6f%n",
        minFacePx, faces, worstIou, worstPoint, worstScore);
    assertThat(wrong).isEmpty();
    assertThat(extra).as("faces that the reference does not have").isLessThanOrEqualTo(1);
    assertThat(faces).isGreaterThan(100);
  }

  @Test
  void findsTheSameInOnePictureAloneAndAmongOthers() {
    try (Picture two = SharedData.picture("expected/images/two-people.jpg");
        Picture none = SharedData.picture("expected/images/none-cat.png");
        Picture group = SharedData.picture("expected/images/group6-office.jpg")) {
      List<List<DetectedFace>> together = detector.detect(List.of(two, none, group, two), 40);

      List<DetectedFace> alone = detector.detect(List.of(two), 40).get(0);
      assertThat(together.get(0)).hasSameSizeAs(alone);
      assertThat(together.get(0).get(0).boxPx().iou(alone.get(0).boxPx())).isGreaterThan(0.999f);
      assertThat(together.get(1)).isEmpty();
      assertThat(together.get(2)).hasSize(6);
      assertThat(together.get(3)).isEqualTo(together.get(0));
    }
  }

  private static Box box(JsonNode corners) {
    return new Box(
        corners.get(0).floatValue(),
        corners.get(1).floatValue(),
        corners.get(2).floatValue(),
        corners.get(3).floatValue());
  }

  private static double farthest(List<Point> found, JsonNode expected) {
    double farthest = 0;
    for (int i = 0; i < 5; i++) {
      farthest =
          Math.max(
              farthest,
              Math.hypot(
                  found.get(i).x() - expected.get(i).get(0).floatValue(),
                  found.get(i).y() - expected.get(i).get(1).floatValue()));
    }
    return farthest;
  }
}
