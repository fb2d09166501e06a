package io.facelogin.detector.track;

import io.facelogin.detector.SelectionSettings;
import io.facelogin.models.quality.FaceQuality;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pictures of one track are worth encoding: the first good ones at once, since a decision
 * waits for them; then only what tells something new: a clearly better picture, another pose, or
 * the first after a while. Poor pictures never. One thread.
 */
public final class PictureSelection {

  private record Pose(float yawDegrees, float pitchDegrees) {}

  private static final int MOST_POSES = 16;

  private final SelectionSettings settings;
  private final List<Pose> poses = new ArrayList<>();
  private int pictures;
  private float best;
  private long lastAtUs;

  PictureSelection(SelectionSettings settings) {
    this.settings = settings;
  }

  /** Whether the next good picture goes on, whatever it shows. */
  public boolean isWaiting() {
    return pictures < settings.firstPictures();
  }

  /** Whether this picture goes on; if so, it is remembered. */
  public boolean select(FaceQuality quality, long atUs) {
    if (!quality.isGood()) {
      return false;
    }
    Pose pose = new Pose(quality.yawDegrees(), quality.pitchDegrees());
    long sinceUs = atUs - lastAtUs;
    boolean news =
        isWaiting()
            || sinceUs >= settings.interval().toNanos() / 1000
            || (sinceUs >= settings.spacing().toNanos() / 1000
                && (quality.overall() >= best * settings.betterBy() || isNew(pose)));
    if (news) {
      pictures++;
      best = Math.max(best, quality.overall());
      lastAtUs = atUs;
      if (poses.size() < MOST_POSES && isNew(pose)) {
        poses.add(pose);
      }
    }
    return news;
  }

  /** The track may show somebody else from now on: begins anew. */
  void restart() {
    pictures = 0;
    best = 0;
    poses.clear();
  }

  private boolean isNew(Pose pose) {
    return poses.stream()
        .allMatch(
            known ->
                Math.hypot(
                        known.yawDegrees() - pose.yawDegrees(),
                        known.pitchDegrees() - pose.pitchDegrees())
                    > settings.poseDegrees());
  }
}
