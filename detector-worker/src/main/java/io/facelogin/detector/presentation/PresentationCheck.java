package io.facelogin.detector.presentation;

import io.facelogin.contract.v1.Purpose;
import io.facelogin.detector.DetectorMetrics;
import io.facelogin.detector.PresentationSettings;
import io.facelogin.models.AttackDetector;
import io.facelogin.models.FaceInPicture;
import io.facelogin.models.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether it is a person who is presented to the camera, and not a picture of one. Writes what the
 * networks say of this frame alone ({@code attack_score}), and of browsers' frames what the track
 * shows ({@code relief}, {@code attack_signs}). Judges nothing: the matcher does.
 *
 * <p>A check that cannot be made leaves its field absent, whatever the cause, and the matcher fails
 * closed on that; a score is never made up. One thread.
 */
public final class PresentationCheck {

  private static final Logger LOG = LoggerFactory.getLogger(PresentationCheck.class);

  private final PresentationSettings settings;
  private final Supplier<Optional<AttackDetector>> networks;
  private final DetectorMetrics metrics;
  private boolean told;

  /**
   * @param networks asked anew each time, since weights may come later; stay their owner's
   */
  public PresentationCheck(
      PresentationSettings settings,
      Supplier<Optional<AttackDetector>> networks,
      DetectorMetrics metrics) {
    this.settings = settings;
    this.networks = networks;
    this.metrics = metrics;
  }

  /** Faces of several frames in as few network calls as possible. */
  public void check(List<PresentedFace> faces) {
    List<PresentedFace> scored = new ArrayList<>();
    for (PresentedFace face : faces) {
      if (isWatchedOverTime(face.purpose())) {
        watch(face);
      }
      if (face.looked() && face.picture().isPresent() && isScored(face)) {
        scored.add(face);
      }
    }
    if (!scored.isEmpty()) {
      score(scored);
    }
  }

  private static boolean isWatchedOverTime(Purpose purpose) {
    return purpose == Purpose.LOGIN || purpose == Purpose.ENROL;
  }

  private boolean isScored(PresentedFace face) {
    return isWatchedOverTime(face.purpose())
        || face.purpose() == Purpose.IDENTIFY
        || (settings.watch() && face.selected());
  }

  private static void watch(PresentedFace face) {
    TrackEvidence evidence = face.evidence().of(face.trackId());
    if (face.looked()) {
      face.picture().ifPresent(picture -> evidence.seen(picture, face.face(), face.atUs()));
    }
    face.record().setRelief(evidence.relief()).addAllAttackSigns(evidence.signs());
  }

  private void score(List<PresentedFace> faces) {
    Optional<AttackDetector> network = networks.get();
    if (network.isEmpty()) {
      metrics.unchecked("NO_NETWORK", faces.size());
      return;
    }
    List<FaceInPicture> places = new ArrayList<>();
    for (PresentedFace face : faces) {
      Picture picture = face.picture().orElseThrow();
      places.add(new FaceInPicture(picture, face.face().boxPx()));
    }
    try {
      float[] scores = network.get().attackScores(places);
      for (int i = 0; i < scores.length; i++) {
        // What is no number says nothing, least of all that somebody is alive.
        if (Float.isFinite(scores[i])) {
          faces.get(i).record().setAttackScore(scores[i]);
        }
      }
      metrics.checked(scores.length);
    } catch (RuntimeException e) {
      // The faces go on without a score, which no door takes for a good one. Told once, counted
      // always.
      metrics.unchecked("FAILED", faces.size());
      if (!told) {
        told = true;
        LOG.error("The attack detector fails; nobody is let in who must be checked by it", e);
      }
    }
  }
}
