package io.facelogin.models.mtcnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.ModelId;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.PackagedWeights;
import io.facelogin.models.Search;
import io.facelogin.models.SharedData;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Looking at parts of a picture only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIT {

  private MtcnnDetector detector;
  private Picture group;
  private List<DetectedFace> all;

  @BeforeAll
  void open() {
    detector = new MtcnnDetector(new ModelId("mtcnn"), PackagedWeights.of("mtcnn"));
    group = SharedData.picture("expected/images/group6-office.jpg");
    all = detector.detect(List.of(group), 40).get(0);
  }

  @AfterAll
  void close() {
    group.close();
    detector.close();
  }

  @Test
  void findsFacesAgainThatMovedByAFifthOfTheirWidthWithoutLookingElsewhere() {
    List<Box> before =
        all.stream().map(face -> moved(face.boxPx(), 0.2f * face.boxPx().width())).toList();
    List<DetectedFace> found =
        detector.detect(List.of(Search.around(group, 40, before, List.of()))).get(0);
    assertThat(found).hasSameSizeAs(all);
    for (DetectedFace face : all) {
      assertThat(found).anyMatch(one -> one.boxPx().iou(face.boxPx()) > 0.85);
    }
  }

  @Test
  void findsNothingWhereNothingIsExpectedAndNoRegionIsSearched() {
    assertThat(detector.detect(List.of(Search.around(group, 40, List.of(), List.of()))))
        .containsExactly(List.of());
  }

  @Test
  void findsANewFaceInARegionAtItsPlaceInThePicture() {
    Box face = all.get(0).boxPx();
    Box around =
        new Box(
            face.x1() - face.width(),
            face.y1() - face.height(),
            face.x2() + face.width(),
            face.y2() + face.height());
    List<DetectedFace> found =
        detector.detect(List.of(Search.around(group, 40, List.of(), List.of(around)))).get(0);
    assertThat(found).anyMatch(one -> one.boxPx().iou(face) > 0.85);
  }

  @Test
  void aRegionOutsideOfThePictureIsNoFault() {
    Box outside = new Box(-500, -500, -100, -100);
    assertThat(
            detector
                .detect(List.of(Search.around(group, 40, List.of(outside), List.of(outside))))
                .get(0))
        .isEmpty();
  }

  private static Box moved(Box box, float rightPx) {
    return new Box(box.x1() + rightPx, box.y1(), box.x2() + rightPx, box.y2());
  }
}
