package io.facelogin.detector.frame;

import com.google.protobuf.ByteString;
import io.facelogin.contract.v1.Box;
import io.facelogin.contract.v1.FaceCrop;
import io.facelogin.contract.v1.Point;
import io.facelogin.contract.v1.Quality;
import io.facelogin.detector.follow.SeenFace;
import io.facelogin.models.quality.FaceQuality;

/** A found face as it travels. */
final class FaceRecords {

  private FaceRecords() {}

  static FaceCrop crop(SeenFace face) {
    FaceCrop.Builder crop =
        FaceCrop.newBuilder()
            .setTrackId(face.trackId())
            .setBox(box(face.face().boxPx()))
            .setDetectionScore(face.face().detectionScore())
            .setQuality(quality(face.quality()));
    face.crop()
        .ifPresent(
            aligned ->
                crop.setCropRgb(ByteString.copyFrom(aligned.rgb()))
                    .setCropWidthPx(aligned.widthPx())
                    .setCropHeightPx(aligned.heightPx())
                    .setAlignment(aligned.alignment()));
    face.face()
        .landmarksPx()
        .points()
        .forEach(point -> crop.addLandmarks(Point.newBuilder().setX(point.x()).setY(point.y())));
    return crop.build();
  }

  private static Box box(io.facelogin.models.geometry.Box box) {
    return Box.newBuilder().setX1(box.x1()).setY1(box.y1()).setX2(box.x2()).setY2(box.y2()).build();
  }

  private static Quality quality(FaceQuality quality) {
    return Quality.newBuilder()
        .setOverall(quality.overall())
        .setSharpness(quality.sharpness())
        .setBrightness(quality.brightness())
        .setContrast(quality.contrast())
        .setYawDegrees(quality.yawDegrees())
        .setPitchDegrees(quality.pitchDegrees())
        .setRollDegrees(quality.rollDegrees())
        .setEyeDistancePx(quality.eyeDistancePx())
        .addAllReasons(quality.reasons())
        .build();
  }
}
