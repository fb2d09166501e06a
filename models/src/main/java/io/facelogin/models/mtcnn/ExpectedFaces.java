package io.facelogin.models.mtcnn;

import io.facelogin.models.DetectedFace;
import io.facelogin.models.Search;
import io.facelogin.models.Search.Around;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.mtcnn.MtcnnDetector.Judged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Faces that O-Net alone knows again: it sees each expected face once, about where it is expected,
 * and where it is sure R-Net and its many proposals are spared.
 *
 * @param sure for each search
 * @param others the searches without what is sure
 */
record ExpectedFaces(List<List<DetectedFace>> sure, List<Search> others) {

  private static final float SURE_LOG_ODDS = MtcnnLayers.logOdds(0.9);

  /** A face that moved farther, as intersection over union, is looked for with more care. */
  private static final float MIN_IOU = 0.6f;

  /** Of the smaller box, from which on two boxes are of one face. */
  private static final float SAME = 0.7f;

  static List<Candidate> squares(Search search) {
    return search.where() instanceof Around around
        ? around.expectedPx().stream().map(Expectation::square).toList()
        : List.of();
  }

  static ExpectedFaces of(List<Search> searches, List<List<Judged>> judged) {
    List<List<DetectedFace>> sure = new ArrayList<>();
    List<Search> others = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      Search search = searches.get(i);
      List<DetectedFace> faces = new ArrayList<>();
      if (search.where() instanceof Around around) {
        List<Box> unsure = new ArrayList<>();
        for (int k = 0; k < judged.get(i).size(); k++) {
          Box expectedPx = around.expectedPx().get(k);
          Judged now = judged.get(i).get(k);
          if (now.box().logOdds() >= SURE_LOG_ODDS && now.box().box().iou(expectedPx) >= MIN_IOU) {
            faces.add(now.face());
          } else {
            unsure.add(expectedPx);
          }
        }
        Around rest = new Around(unsure, around.regionsPx());
        search = new Search(search.picture(), search.minFacePx(), rest, search.minScore());
      }
      sure.add(distinct(faces));
      others.add(search);
    }
    return new ExpectedFaces(sure, others);
  }

  /** Together with what was found in the others, best score first. */
  List<List<DetectedFace>> with(List<List<DetectedFace>> found) {
    List<List<DetectedFace>> all = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      List<DetectedFace> both = new ArrayList<>(sure.get(i));
      both.addAll(found.get(i));
      all.add(sure.get(i).isEmpty() ? found.get(i) : distinct(both));
    }
    return all;
  }

  private static List<DetectedFace> distinct(List<DetectedFace> faces) {
    List<DetectedFace> sorted = new ArrayList<>(faces);
    sorted.sort(Comparator.comparingDouble(DetectedFace::detectionScore).reversed());
    List<DetectedFace> distinct = new ArrayList<>();
    for (DetectedFace face : sorted) {
      if (distinct.stream().noneMatch(other -> isSame(face.boxPx(), other.boxPx()))) {
        distinct.add(face);
      }
    }
    return distinct;
  }

  private static boolean isSame(Box a, Box b) {
    float width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    float height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
    float smaller = Math.max(1e-6f, Math.min(a.area(), b.area()));
    return width > 0 && height > 0 && width * height / smaller > SAME;
  }
}
