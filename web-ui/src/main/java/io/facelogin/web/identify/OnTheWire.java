package io.facelogin.web.identify;

import io.facelogin.contract.v1.Box;
import io.facelogin.contract.v1.EmbeddedFace;
import io.facelogin.contract.v1.Point;
import io.facelogin.contract.v1.Quality;
import io.facelogin.models.EncodedFace;
import io.facelogin.models.quality.FaceQuality;

/** Faces of still pictures as the records have them. */
public final class OnTheWire {

  private OnTheWire() {}

  static EmbeddedFace face(EncodedFace encoded, long trackId) {
    var face = encoded.found().face();
    EmbeddedFace.Builder wire =
        EmbeddedFace.newBuilder()
            .setTrackId(trackId)
            .setBox(
                Box.newBuilder()
                    .setX1(face.boxPx().x1())
                    .setY1(face.boxPx().y1())
                    .setX2(face.boxPx().x2())
                    .setY2(face.boxPx().y2()))
            .setDetectionScore(face.detectionScore())
            .setQuality(quality(encoded.found().quality()));
    face.landmarksPx()
        .points()
        .forEach(point -> wire.addLandmarks(Point.newBuilder().setX(point.x()).setY(point.y())));
    for (float value : encoded.embedding().vector()) {
      wire.addVector(value);
    }
    return wire.build();
  }

  public static Quality quality(FaceQuality quality) {
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
