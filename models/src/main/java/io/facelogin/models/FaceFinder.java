package io.facelogin.models;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.align.FaceAligner;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.quality.QualityJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From pictures to faces that an encoder can take: detect, align, judge. Owns its detector. Any
 * number of threads may share one.
 */
public final class FaceFinder implements AutoCloseable {

  /**
   * Below this the detector is not sure; a face of enough pixels that is soft as well is most often
   * a hand or a pattern. Left out: nobody could be recognised by it.
   */
  private static final float DOUBTFUL_SCORE = 0.9f;

  /** More is asked here than of a face that the detector is sure of. */
  private static final float SOFT_SHARPNESS = 25;

  private final Detector detector;
  private final FaceAligner aligner;
  private final QualityJudge judge;

  public FaceFinder(Detector detector, FaceAligner aligner, QualityJudge judge) {
    this.detector = detector;
    this.aligner = aligner;
    this.judge = judge;
  }

  public Detector detector() {
    return detector;
  }

  /** The template that the crops are aligned to. */
  public String alignment() {
    return aligner.template().name();
  }

  /**
   * @return for each search its faces, best detection score first; faces that are not good enough
   *     are among them and say why
   */
  public List<List<FoundFace>> find(List<Search> searches) {
    List<List<DetectedFace>> detected = detector.detect(searches);
    List<List<FoundFace>> found = new ArrayList<>(searches.size());
    for (int i = 0; i < searches.size(); i++) {
      Picture picture = searches.get(i).picture();
      found.add(detected.get(i).stream().flatMap(face -> judge(picture, face).stream()).toList());
    }
    return found;
  }

  /**
   * Looks everywhere in all pictures.
   *
   * @param minFacePx smallest face worth looking for, the side of its box in pixels
   */
  public List<List<FoundFace>> find(List<Picture> pictures, int minFacePx) {
    return find(pictures.stream().map(picture -> Search.everywhere(picture, minFacePx)).toList());
  }

  /**
   * Why a picture without faces may have none.
   *
   * @return TOO_DARK or TOO_BRIGHT, or nothing
   */
  public Optional<Reason> lightOf(Picture picture) {
    return judge.judgeLight(picture);
  }

  private static boolean isCredible(FoundFace face) {
    return face.face().detectionScore() >= DOUBTFUL_SCORE
        || face.quality().sharpness() >= SOFT_SHARPNESS
        || face.quality().reasons().contains(Reason.TOO_SMALL);
  }

  /**
   * Aligns and judges a face that the detector found in this picture.
   *
   * @return nothing if it is no face after all
   */
  public Optional<FoundFace> judge(Picture picture, DetectedFace face) {
    AlignedFace crop = aligner.align(picture, face.landmarksPx());
    FoundFace found = new FoundFace(face, judge.judge(picture, face, crop), crop);
    return isCredible(found) ? Optional.of(found) : Optional.empty();
  }

  @Override
  public void close() {
    detector.close();
  }
}
