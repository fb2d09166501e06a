package io.facelogin.models.quality;

import static org.bytedeco.opencv.global.opencv_core.countNonZero;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Judges a face by size, light, sharpness, pose and place. Stateless: any thread. */
public final class QualityJudge {

  /** From this grey value on a pixel has lost what was there. */
  private static final int CLIPPED = 250;

  /** A poor face weighs at most this much in a track, whatever else speaks for it. */
  private static final float POOR = 0.3f;

  /** Distance of the eyes in the usual crop: a face of fewer pixels is enlarged. */
  private static final float ENLARGED_BELOW_EYES_PX = 35;

  private final QualityThresholds thresholds;

  public QualityJudge(QualityThresholds thresholds) {
    this.thresholds = thresholds;
  }

  public FaceQuality judge(Picture picture, DetectedFace face, AlignedFace crop) {
    return judge(picture.widthPx(), picture.heightPx(), face, crop);
  }

  /**
   * For a picture in which no face was found: whether its light may be why.
   *
   * @return TOO_DARK or TOO_BRIGHT, or nothing
   */
  public Optional<Reason> judgeLight(Picture picture) {
    try (Mat grey = new Mat();
        Mat white = new Mat()) {
      cvtColor(picture.bgr(), grey, COLOR_BGR2GRAY);
      double mean;
      try (Scalar sum = mean(grey)) {
        mean = sum.get(0);
      }
      if (mean < thresholds.minBrightness()) {
        return Optional.of(Reason.TOO_DARK);
      }
      threshold(grey, white, CLIPPED - 1, 1, THRESH_BINARY);
      double clipped = (double) countNonZero(white) / white.total();
      return clipped > thresholds.maxClippedShare()
          ? Optional.of(Reason.TOO_BRIGHT)
          : Optional.empty();
    }
  }

  FaceQuality judge(int widthPx, int heightPx, DetectedFace face, AlignedFace crop) {
    GreyStatistics grey = GreyStatistics.of(crop);
    HeadPose pose = HeadPose.of(face.landmarksPx());
    float eyeDistance = face.landmarksPx().eyeDistancePx();
    float outside = outsideShare(face.boxPx(), widthPx, heightPx);
    List<Reason> reasons = reasons(grey, pose, eyeDistance, outside);
    float overall = overall(grey, pose, eyeDistance);
    return new FaceQuality(
        reasons.isEmpty() ? overall : Math.min(POOR, overall),
        grey.laplacianVariance(),
        grey.mean(),
        grey.standardDeviation(),
        pose.yawDegrees(),
        pose.pitchDegrees(),
        pose.rollDegrees(),
        eyeDistance,
        reasons);
  }

  private List<Reason> reasons(
      GreyStatistics grey, HeadPose pose, float eyeDistance, float outside) {
    List<Reason> reasons = new ArrayList<>();
    if (eyeDistance < thresholds.minEyeDistancePx()) {
      reasons.add(Reason.TOO_SMALL);
    } else if (grey.laplacianVariance() < minSharpness(eyeDistance)) {
      reasons.add(Reason.BLURRED);
    }
    if (grey.mean() < thresholds.minBrightness()) {
      reasons.add(Reason.TOO_DARK);
    }
    if (grey.mean() > thresholds.maxBrightness()) {
      reasons.add(Reason.TOO_BRIGHT);
    }
    if (Math.abs(pose.yawDegrees()) > thresholds.maxYawDegrees()
        || Math.abs(pose.pitchDegrees()) > thresholds.maxPitchDegrees()) {
      reasons.add(Reason.TURNED_AWAY);
    }
    if (outside > thresholds.maxOutsideShare()) {
      reasons.add(Reason.CUT_OFF);
    }
    return reasons;
  }

  /**
   * A small face is soft because it was enlarged, which says nothing about the camera's focus: the
   * same pictures with eyes 42 and 18 px apart had 136 and 52 in the median.
   */
  private float minSharpness(float eyeDistance) {
    return thresholds.minSharpness() * Math.min(1, eyeDistance / ENLARGED_BELOW_EYES_PX);
  }

  /**
   * A product, since what spoils one thing cannot be made up for by another: 1 for a frontal face
   * of 40 px between the eyes, sharp and well lit; about 0.7 for the usual one of a site camera.
   * Its root, since beside what the encoder makes of the face (see RatedEncoder) so much of it
   * predicted errors best (decision 040).
   */
  private static float overall(GreyStatistics grey, HeadPose pose, float eyeDistance) {
    double size = share(eyeDistance, 10, 40);
    double sharpness = share(Math.log10(Math.max(1, grey.laplacianVariance())), 1, 2);
    double light = Math.min(share(grey.mean(), 20, 60), share(255 - grey.mean(), 10, 60));
    double contrast = share(grey.standardDeviation(), 5, 30);
    double turned = Math.hypot(pose.yawDegrees(), Math.max(0, Math.abs(pose.pitchDegrees()) - 10));
    double facing = 1 - share(turned, 10, 60);
    double shape = (0.5 + 0.5 * size) * (0.5 + 0.5 * sharpness) * (0.2 + 0.8 * facing);
    return (float) Math.sqrt(shape * light * contrast);
  }

  /** How far a value is on the way, 0 to 1. */
  private static double share(double value, double from, double to) {
    return Math.max(0, Math.min(1, (value - from) / (to - from)));
  }

  static float outsideShare(Box box, int widthPx, int heightPx) {
    float width = Math.min(box.x2(), widthPx) - Math.max(box.x1(), 0);
    float height = Math.min(box.y2(), heightPx) - Math.max(box.y1(), 0);
    return 1 - Math.max(0, width) * Math.max(0, height) / Math.max(1e-6f, box.area());
  }
}
