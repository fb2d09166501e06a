package io.facelogin.models.mtcnn;

import io.facelogin.models.Search;
import io.facelogin.models.Search.Around;
import io.facelogin.models.mtcnn.Canvas.Piece;
import io.facelogin.models.mtcnn.Canvas.Spot;
import io.facelogin.models.mtcnn.NonMaximumSuppression.Overlap;
import io.facelogin.models.mtcnn.Pyramid.Level;
import io.facelogin.models.mtcnn.StepTimes.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * First step of the cascade, for several searches at once: pyramid, P-Net, suppression. Any number
 * of threads.
 */
final class Proposals {

  /**
   * Of one picture that go on to R-Net, best first; a crowd of 200 faces has a third as many.
   * Bounds what a frame of noise costs.
   */
  static final int MAX_PROPOSALS = 4096;

  private final LongAdder leftOut = new LongAdder();
  private final ProposalNetwork network;
  private final StepTimes times;

  Proposals(ProposalNetwork network, StepTimes times) {
    this.network = network;
    this.times = times;
  }

  /** A level of a field: candidates suppress each other within it first. */
  private record Layer(Field field, Level level) {}

  /**
   * @param pictures of the searches, in the same order
   * @return for each search its proposals, best first: corrected, square, in whole pixels; then
   *     those that stand for expected faces
   */
  List<List<Candidate>> of(List<Search> searches, List<Pixels> pictures) {
    Map<Layer, List<Candidate>> layers = new LinkedHashMap<>();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      int minFacePx = searches.get(i).minFacePx();
      for (Field field : Field.of(i, searches.get(i))) {
        for (Level level : Pyramid.levels(field.widthPx(), field.heightPx(), minFacePx)) {
          pieces.addAll(ProposalNetwork.pieces(field, level));
        }
      }
    }
    CanvasPainter painter = new CanvasPainter(pictures);
    for (Canvas canvas : Canvas.of(pieces)) {
      byte[] pixels = times.time(Step.PYRAMID, () -> painter.paint(canvas));
      float[] places = times.time(Step.PROPOSAL_NETWORK, () -> network.run(pixels, canvas));
      for (Spot spot : canvas.spots()) {
        Layer layer = new Layer(spot.piece().field(), spot.piece().level());
        network.collect(
            places, canvas, spot, layers.computeIfAbsent(layer, one -> new ArrayList<>()));
      }
    }
    List<List<Candidate>> all = new ArrayList<>(searches.size());
    searches.forEach(search -> all.add(new ArrayList<>()));
    layers.forEach((layer, found) -> all.get(layer.field().search()).addAll(best(layer, found)));
    List<List<Candidate>> proposed = new ArrayList<>(searches.size());
    for (int i = 0; i < searches.size(); i++) {
      proposed.add(squares(searches.get(i), all.get(i)));
    }
    return proposed;
  }

  private static List<Candidate> best(Layer layer, List<Candidate> found) {
    // The reference numbers places column by column, and of equal candidates the last one wins.
    found.sort(Comparator.comparingDouble(Candidate::x1).thenComparingDouble(Candidate::y1));
    return NonMaximumSuppression.best(found, 0.5, Overlap.UNION).stream()
        .map(candidate -> candidate.moved(layer.field().leftPx(), layer.field().topPx()))
        .toList();
  }

  private List<Candidate> squares(Search search, List<Candidate> found) {
    List<Candidate> squares = new ArrayList<>();
    for (Candidate best : bounded(NonMaximumSuppression.best(found, 0.7, Overlap.UNION))) {
      squares.add(best.corrected(0).squared().truncated());
    }
    if (search.where() instanceof Around around) {
      around.expectedPx().forEach(box -> squares.addAll(Expectation.proposals(box)));
    }
    return squares;
  }

  private List<Candidate> bounded(List<Candidate> bestFirst) {
    int more = bestFirst.size() - MAX_PROPOSALS;
    if (more <= 0) {
      return bestFirst;
    }
    leftOut.add(more);
    return bestFirst.subList(0, MAX_PROPOSALS);
  }

  /** How many were beyond the most that go on, of all pictures so far. */
  long leftOut() {
    return leftOut.sum();
  }
}
