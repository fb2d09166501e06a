package io.facelogin.models.mtcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.models.mtcnn.NonMaximumSuppression.Overlap;
import io.facelogin.models.mtcnn.ProposalNetwork.Strip;
import io.facelogin.models.mtcnn.Pyramid.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CascadeStepsTest {

  @Test
  void pyramidEndsWhereTheShorterSideFallsBelowTwelvePixels() {
    List<Level> levels = Pyramid.levels(512, 512, 40);
    assertThat(levels).hasSize(8);
    assertThat(levels.get(0)).isEqualTo(new Level(0.3, 154, 154));
    assertThat(levels.get(7).widthPx()).isEqualTo(14);
    assertThat(Pyramid.levels(39, 2000, 40)).isEmpty();
    assertThat(Pyramid.levels(40, 2000, 40)).hasSize(1);
  }

  @Test
  void suppressionKeepsTheBestOfBoxesThatOverlapAndAllOthers() {
    List<Candidate> boxes =
        List.of(
            box(0, 0, 99, 99, 1),
            box(5, 0, 104, 99, 3),
            box(200, 0, 299, 99, 2),
            box(0, 3, 99, 102, 0));
    assertThat(NonMaximumSuppression.keep(boxes, 0.5, Overlap.UNION)).containsExactly(1, 2);
  }

  @Test
  void boxInsideAnotherFallsOnlyWhereTheSmallerOneCounts() {
    List<Candidate> boxes = List.of(box(0, 0, 99, 99, 2), box(20, 20, 59, 59, 1));
    assertThat(NonMaximumSuppression.keep(boxes, 0.7, Overlap.UNION)).hasSize(2);
    assertThat(NonMaximumSuppression.keep(boxes, 0.7, Overlap.SMALLER_BOX)).containsExactly(0);
  }

  @Test
  void overlapCountsBothEndsOfABoxAsTheReferenceDoes() {
    assertThat(
            NonMaximumSuppression.overlap(box(0, 0, 9, 9, 0), box(5, 0, 14, 9, 0), Overlap.UNION))
        .isCloseTo(50 / 150.0, within(1e-12));
    assertThat(
            NonMaximumSuppression.overlap(box(0, 0, 9, 9, 0), box(10, 0, 19, 9, 0), Overlap.UNION))
        .isZero();
  }

  @Test
  void squareKeepsTheCentreAndTruncationGoesTowardsZero() {
    Candidate square = box(10, 20, 30, 60, 0).squared();
    assertThat(square.x1()).isEqualTo(0);
    assertThat(square.x2()).isEqualTo(40);
    Candidate cut = box(-3.7, 2.9, 10.2, 9.99, 0).truncated();
    assertThat(cut.x1()).isEqualTo(-3);
    assertThat(cut.y1()).isEqualTo(2);
    assertThat(cut.y2()).isEqualTo(9);
  }

  @Test
  void stripsOfALargeLevelCoverEachPlaceExactlyOnce() {
    for (int height : new int[] {700, 701, 2001, 2796, 4097}) {
      Level level = new Level(0.6, 4193, height);
      int places = 0;
      for (Strip strip : ProposalNetwork.strips(level)) {
        assertThat(strip.firstRow() / 2)
            .as("first place of %s of %d", strip, height)
            .isEqualTo(places);
        places += ProposalNetwork.placesOf(strip.rows());
        assertThat(strip.firstRow() + strip.rows()).isLessThanOrEqualTo(height);
      }
      assertThat(places).isEqualTo(ProposalNetwork.placesOf(height));
    }
  }

  private static Candidate box(double x1, double y1, double x2, double y2, double logOdds) {
    return new Candidate(x1, y1, x2, y2, logOdds, 0, 0, 0, 0);
  }

  @Test
  void suppressionAmongNeighboursIsThatAmongAll() {
    Random random = new Random(7);
    List<Candidate> boxes = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      double side = 12 + random.nextInt(90);
      double x = random.nextInt(600) - 100;
      double y = random.nextInt(400) - 100;
      boxes.add(box(x, y, x + side, y + side, random.nextGaussian()));
    }
    List<Integer> kept = NonMaximumSuppression.keep(boxes, 0.5, Overlap.UNION);
    List<Integer> expected = new ArrayList<>();
    List<Integer> bestFirst = new ArrayList<>(IntStream.range(0, boxes.size()).boxed().toList());
    bestFirst.sort(Comparator.comparingDouble(i -> -boxes.get(i).logOdds()));
    for (int i : bestFirst) {
      if (expected.stream()
          .noneMatch(
              k ->
                  NonMaximumSuppression.overlap(boxes.get(k), boxes.get(i), Overlap.UNION) > 0.5)) {
        expected.add(i);
      }
    }
    assertThat(kept).containsExactlyElementsOf(expected);
  }

  @Test
  void levelsOnACanvasDoNotOverlapAndBeginAtEvenPixels() {
    Field field = new Field(0, 0, 0, 1919, 1081);
    List<Canvas.Piece> pieces =
        Pyramid.levels(1919, 1081, 20).stream()
            .flatMap(level -> ProposalNetwork.pieces(field, level).stream())
            .toList();
    int placed = 0;
    boolean overlaps = false;
    for (Canvas canvas : Canvas.of(pieces)) {
      boolean[][] taken = new boolean[canvas.heightPx()][canvas.widthPx()];
      for (Canvas.Spot spot : canvas.spots()) {
        placed++;
        assertThat(spot.leftPx() % 2 + spot.topPx() % 2).isZero();
        for (int y = 0; y < spot.piece().rows(); y++) {
          for (int x = 0; x < spot.piece().widthPx(); x++) {
            overlaps |= taken[spot.topPx() + y][spot.leftPx() + x];
            taken[spot.topPx() + y][spot.leftPx() + x] = true;
          }
        }
      }
    }
    assertThat(overlaps).isFalse();
    assertThat(placed).isEqualTo(pieces.size());
  }
}
