package io.facelogin.detector.presentation;

import io.facelogin.contract.v1.AttackSign;
import io.facelogin.detector.PresentationSettings;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.picture.Picture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of one track show together. Keeps at most four patches of 32 KB. One thread.
 *
 * <p>A face that lives moves within itself: it turns, and the nose goes another way than the
 * outline, it blinks, the mouth moves. A flat picture does none of that, so each frame is compared
 * with the one before and some earlier ones by {@link PlaneFit}. One comparison proves nothing;
 * relief is what several frames show again and again, each in two comparisons.
 */
final class TrackEvidence {

  private static final int MOST_KEPT = 3;

  /** So many frames must show it before it counts. */
  private static final int WITNESSES = 3;

  /** How exactly a place is found in the picture; weighs more in a small face. */
  private static final double UNSURE_PX = 0.5;

  /** Two views that differ more have too little in common to tell a face from a picture by them. */
  private static final double MOST_FORESHORTENING = 0.25;

  private record Kept(long atUs, FacePatch patch) {}

  private final PresentationSettings settings;
  private final Deque<Kept> kept = new ArrayDeque<>();

  /** The strongest residuals, ascending. */
  private final double[] strongest = new double[WITNESSES];

  private @Nullable Kept previous;
  private long sameSinceUs;
  private boolean frozen;

  TrackEvidence(PresentationSettings settings) {
    this.settings = settings;
  }

  void seen(Picture picture, DetectedFace face, long atUs) {
    FacePatch.of(picture, face.landmarksPx()).ifPresent(patch -> seen(patch, atUs));
  }

  void seen(FacePatch patch, long atUs) {
    Kept before = previous;
    if (before != null && atUs - before.atUs() > us(settings.memory().toNanos())) {
      restart();
      before = null;
    }
    if (before != null && Arrays.equals(before.patch().grey(), patch.grey())) {
      frozen = atUs - sameSinceUs >= us(settings.frozenFor().toNanos());
      previous = new Kept(atUs, before.patch());
      return;
    }
    frozen = false;
    sameSinceUs = atUs;
    List<Double> shown = new ArrayList<>();
    boolean followed = before == null || compare(before.patch(), patch, shown);
    // What has shown enough is only followed on, so that a swapped face is seen: a quarter of the
    // work.
    if (!followed || relief() < 1) {
      for (Kept earlier : kept) {
        if (before == null || earlier.atUs() != before.atUs()) {
          followed |= compare(earlier.patch(), patch, shown);
        }
      }
    }
    if (!followed) {
      // Another face, or another picture: nothing of what was seen holds for it.
      restart();
    }
    if (shown.size() >= 2) {
      shown.sort(null);
      witness(shown.get(shown.size() - 2));
    }
    keep(new Kept(atUs, patch));
  }

  /**
   * @return whether it could be followed from one to the other
   */
  private static boolean compare(FacePatch before, FacePatch now, List<Double> shown) {
    Optional<PlaneFit> fit = PlaneFit.between(before, now);
    fit.filter(plane -> plane.foreshortening() <= MOST_FORESHORTENING)
        .ifPresent(plane -> shown.add(plane.residual() - UNSURE_PX / now.eyeDistancePx()));
    return fit.isPresent();
  }

  private void witness(double residual) {
    if (residual > strongest[0]) {
      strongest[0] = residual;
      Arrays.sort(strongest);
    }
  }

  private void keep(Kept now) {
    previous = now;
    long spacingUs = us(settings.memory().toNanos()) / (MOST_KEPT + 1);
    if (kept.isEmpty() || now.atUs() - kept.getLast().atUs() >= spacingUs) {
      kept.addLast(now);
      if (kept.size() > MOST_KEPT) {
        kept.removeFirst();
      }
    }
  }

  private void restart() {
    kept.clear();
    previous = null;
    Arrays.fill(strongest, 0);
  }

  /** How surely the track moved as only a solid, living face does, 0 to 1. */
  float relief() {
    double flat = settings.flatResidual();
    double shown = (strongest[0] - flat) / (settings.solidResidual() - flat);
    return (float) Math.max(0, Math.min(1, shown));
  }

  List<AttackSign> signs() {
    return frozen ? List.of(AttackSign.FROZEN) : List.of();
  }

  private static long us(long nanos) {
    return nanos / 1000;
  }
}
