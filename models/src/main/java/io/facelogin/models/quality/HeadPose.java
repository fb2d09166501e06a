package io.facelogin.models.quality;

import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;

/**
 * Which way a head points, estimated from five points and the proportions of an average face (in
 * eye distances: nose tip 0.6 before the plane of eyes and mouth; eyes to mouth 1.15). Good to
 * about ten degrees as long as both eyes are seen, which is enough to tell turned from frontal.
 *
 * @param yawDegrees positive: towards the right side of the picture
 * @param pitchDegrees positive: up
 * @param rollDegrees positive: clockwise in the picture
 */
record HeadPose(float yawDegrees, float pitchDegrees, float rollDegrees) {

  private static final double NOSE_DEPTH = 0.6;
  private static final double EYES_TO_MOUTH = 1.15;

  /** How far down from the eyes to the mouth the nose tip of a frontal face lies. */
  private static final double NOSE_HEIGHT = 0.52;

  static HeadPose of(Landmarks face) {
    double roll =
        Math.atan2(
            face.rightEye().y() - face.leftEye().y(), face.rightEye().x() - face.leftEye().x());
    Point eyes = middle(face.leftEye(), face.rightEye());
    Point mouth = middle(face.leftMouth(), face.rightMouth());
    double cosine = Math.cos(roll);
    double sine = Math.sin(roll);
    // Upright frame: x to the right along the eyes, y down the face.
    double noseX = cosine * (face.nose().x() - eyes.x()) + sine * (face.nose().y() - eyes.y());
    double noseY = -sine * (face.nose().x() - eyes.x()) + cosine * (face.nose().y() - eyes.y());
    double mouthX = cosine * (mouth.x() - eyes.x()) + sine * (mouth.y() - eyes.y());
    double mouthY = -sine * (mouth.x() - eyes.x()) + cosine * (mouth.y() - eyes.y());
    double eyeDistance = Math.max(1e-3, face.eyeDistancePx());
    // A roll of the mouth against the eyes is drawing error or expression: half of it counts.
    double aside = (noseX - mouthX * NOSE_HEIGHT) / eyeDistance;
    double yaw = Math.atan(aside / NOSE_DEPTH);
    double down = mouthY > 1e-3 ? noseY / mouthY : NOSE_HEIGHT;
    double pitch = Math.atan((NOSE_HEIGHT - down) * EYES_TO_MOUTH / NOSE_DEPTH);
    return new HeadPose(
        (float) Math.toDegrees(yaw), (float) Math.toDegrees(pitch), (float) Math.toDegrees(roll));
  }

  private static Point middle(Point a, Point b) {
    return new Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
  }
}
