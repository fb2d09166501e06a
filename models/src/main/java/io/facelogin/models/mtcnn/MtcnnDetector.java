package io.facelogin.models.mtcnn;

import io.facelogin.contract.ModelId;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.Detector;
import io.facelogin.models.Search;
import io.facelogin.models.Search.Everywhere;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.mtcnn.CropNetwork.Place;
import io.facelogin.models.mtcnn.NonMaximumSuppression.Overlap;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * MTCNN: P-Net proposes, R-Net refines, O-Net decides and places five points.
 *
 * <p>Gives the boxes and points of {@code detect_face} in davidsandberg/facenet, except that where
 * a level has a single proposal that code reads the correction of another place; here each proposal
 * keeps its own. All pictures of a call share those of the networks. Three sessions, any number of
 * calling threads; each uses all processors.
 */
public final class MtcnnDetector implements Detector {

  private static final float PROPOSAL_LOG_ODDS = MtcnnLayers.logOdds(0.6);
  private static final float REFINE_LOG_ODDS = MtcnnLayers.logOdds(0.7);

  private final ModelId model;
  private final StepTimes times = new StepTimes();
  private final ProposalNetwork propose;
  private final Proposals proposals;
  private final CropNetwork refine;
  private final CropNetwork output;

  /**
   * @param weights {@code pnet/conv1/weights} and so on, in TensorFlow's layouts
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public MtcnnDetector(ModelId model, Weights weights) {
    this.model = model;
    this.propose = new ProposalNetwork(weights, PROPOSAL_LOG_ODDS);
    this.proposals = new Proposals(propose, times);
    this.refine = CropNetwork.refine(weights, times);
    this.output = CropNetwork.output(weights, times);
  }

  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public long candidatesLeftOut() {
    return proposals.leftOut();
  }

  public StepTimes times() {
    return times;
  }

  @Override
  public List<List<DetectedFace>> detect(List<Search> searches) {
    for (Search search : searches) {
      if (search.minFacePx() < Pyramid.CELL_PX) {
        throw new IllegalArgumentException(
            "The smallest face must be at least "
                + Pyramid.CELL_PX
                + " px, got "
                + search.minFacePx());
      }
    }
    List<Pixels> pictures = searches.stream().map(search -> new Pixels(search.picture())).toList();
    ExpectedFaces expected = ExpectedFaces.of(searches, judgedExpected(searches, pictures));
    List<Search> others = expected.others();
    return expected.with(
        decided(others, pictures, refined(others, pictures, proposals.of(others, pictures))));
  }

  /** For each search what O-Net says of its expected faces, in their order. */
  private List<List<Judged>> judgedExpected(List<Search> searches, List<Pixels> pictures) {
    List<List<Candidate>> squares = searches.stream().map(ExpectedFaces::squares).toList();
    List<float[]> judged = output.judge(places(pictures, squares));
    List<List<Judged>> all = new ArrayList<>(searches.size());
    int next = 0;
    for (List<Candidate> candidates : squares) {
      List<Judged> some = new ArrayList<>(candidates.size());
      for (Candidate candidate : candidates) {
        some.add(judged(candidate, judged.get(next++)));
      }
      all.add(some);
    }
    return all;
  }

  /** What O-Net says of a candidate. */
  record Judged(Candidate box, Landmarks landmarksPx) {

    DetectedFace face() {
      return new DetectedFace(box.box(), landmarksPx, MtcnnLayers.probability(box.logOdds()));
    }
  }

  private static Judged judged(Candidate candidate, float[] values) {
    Candidate box = candidate.judged(values[0], values[1], values[2], values[3], values[4]);
    return new Judged(box.corrected(1), landmarks(candidate, values));
  }

  /** Second step. For each picture what R-Net leaves: corrected, square, in whole pixels. */
  private List<List<Candidate>> refined(
      List<Search> searches, List<Pixels> pictures, List<List<Candidate>> proposed) {
    List<float[]> judged = refine.judge(places(pictures, proposed));
    List<List<Candidate>> refined = new ArrayList<>(pictures.size());
    int next = 0;
    for (int i = 0; i < searches.size(); i++) {
      Search search = searches.get(i);
      // Of a whole picture, R-Net's doubtful candidates would be many.
      float least =
          search.where() instanceof Everywhere
              ? REFINE_LOG_ODDS
              : Math.min(REFINE_LOG_ODDS, MtcnnLayers.logOdds(search.minScore()));
      List<Candidate> passed = new ArrayList<>();
      for (Candidate candidate : proposed.get(i)) {
        float[] values = judged.get(next++);

        if (values[0] > least) {
          passed.add(candidate.judged(values[0], values[1], values[2], values[3], values[4]));
        }
      }
      refined.add(
          NonMaximumSuppression.best(passed, 0.7, Overlap.UNION).stream()
              .map(candidate -> candidate.corrected(1).squared().truncated())
              .toList());
    }
    return refined;
  }

  /** Third step. For each picture its faces. */
  private List<List<DetectedFace>> decided(
      List<Search> searches, List<Pixels> pictures, List<List<Candidate>> refined) {
    List<float[]> judged = output.judge(places(pictures, refined));
    List<List<DetectedFace>> decided = new ArrayList<>(pictures.size());
    int next = 0;
    for (int i = 0; i < searches.size(); i++) {
      float least = MtcnnLayers.logOdds(searches.get(i).minScore());
      List<Judged> passed = new ArrayList<>();
      for (Candidate candidate : refined.get(i)) {
        float[] values = judged.get(next++);

        if (values[0] > least) {
          passed.add(judged(candidate, values));
        }
      }
      List<Candidate> boxes = passed.stream().map(Judged::box).toList();
      decided.add(
          NonMaximumSuppression.keep(boxes, 0.7, Overlap.SMALLER_BOX).stream()
              .map(kept -> passed.get(kept).face())
              .toList());
    }
    return decided;
  }

  /** The points belong to the box as it was before its correction. */
  private static Landmarks landmarks(Candidate box, float[] values) {
    Point[] points = new Point[5];
    for (int i = 0; i < 5; i++) {
      points[i] =
          new Point(
              (float) (box.x1() + (box.width() + 1) * values[5 + i] - 1),
              (float) (box.y1() + (box.height() + 1) * values[10 + i] - 1));
    }
    return new Landmarks(points[0], points[1], points[2], points[3], points[4]);
  }

  private static List<Place> places(List<Pixels> pictures, List<List<Candidate>> candidates) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      for (Candidate candidate : candidates.get(i)) {
        places.add(new Place(pictures.get(i), candidate));
      }
    }
    return places;
  }

  @Override
  public void close() {
    propose.close();
    refine.close();
    output.close();
  }
}
