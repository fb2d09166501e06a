package io.facelogin.models.quality;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import java.util.ArrayList;
import java.util.List;

/** Judges a face by size, light, sharpness, pose and place. Stateless. */
public final class QualityJudge {

  private final QualityThresholds thresholds;

  public QualityJudge(QualityThresholds thresholds) {
    this.thresholds = thresholds;
  }

  public FaceQuality judge(Picture picture, DetectedFace face, AlignedFace crop) {
    return judge(picture.widthPx(), picture.heightPx(), face, crop);
  }

  FaceQuality judge(int widthPx, int heightPx, DetectedFace face, AlignedFace crop) {
    GreyStatistics grey = GreyStatistics.of(crop);
    HeadPose pose = HeadPose.of(face.landmarksPx());
    float eyeDistance = face.landmarksPx().eyeDistancePx();
    List<Reason> reasons = new ArrayList<>();
    if (eyeDistance < thresholds.minEyeDistancePx()) {
      reasons.add(Reason.TOO_SMALL);
    }
    if (grey.mean() < thresholds.minBrightness()) {
      reasons.add(Reason.TOO_DARK);
    }
    if (grey.mean() > thresholds.maxBrightness()) {
      reasons.add(Reason.TOO_BRIGHT);
    }
    if (grey.laplacianVariance() < thresholds.minSharpness()) {
      reasons.add(Reason.BLURRED);
    }
    if (Math.abs(pose.yawDegrees()) > thresholds.maxYawDegrees()
        || Math.abs(pose.pitchDegrees()) > thresholds.maxPitchDegrees()) {
      reasons.add(Reason.TURNED_AWAY);
    }
    if (outsideShare(face.boxPx(), widthPx, heightPx) > thresholds.maxOutsideShare()) {
      reasons.add(Reason.CUT_OFF);
    }
    float overall = reasons.isEmpty() ? 1 : 0.2f;
    return new FaceQuality(
        overall,
        grey.laplacianVariance(),
        grey.mean(),
        grey.standardDeviation(),
        pose.yawDegrees(),
        pose.pitchDegrees(),
        pose.rollDegrees(),
        eyeDistance,
        reasons);
  }

  static float outsideShare(Box box, int widthPx, int heightPx) {
    float width = Math.min(box.x2(), widthPx) - Math.max(box.x1(), 0);
    float height = Math.min(box.y2(), heightPx) - Math.max(box.y1(), 0);
    return 1 - Math.max(0, width) * Math.max(0, height) / Math.max(1e-6f, box.area());
  }
}
