package io.facelogin.detector;

import io.facelogin.contract.v1.Reason;
import io.facelogin.models.AlignedFace;
import io.facelogin.models.DetectedFace;
import io.facelogin.models.FoundFace;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.geometry.Landmarks;
import io.facelogin.models.geometry.Point;
import io.facelogin.models.quality.FaceQuality;
import java.util.List;

/** Faces as a network would find them, where a test wants them. */
public final class MadeFaces {

  private static final AlignedFace CROP = new AlignedFace(new byte[3], 1, 1, "made");

  private MadeFaces() {}

  public static FoundFace good(Box box) {
    return new FoundFace(face(box), quality(0.5f, 0), CROP);
  }

  public static FoundFace poor(Box box) {
    FaceQuality quality = new FaceQuality(0.2f, 5, 120, 40, 0, 0, 0, 30, List.of(Reason.BLURRED));
    return new FoundFace(face(box), quality, CROP);
  }

  public static FaceQuality quality(float overall, float yawDegrees) {
    return new FaceQuality(overall, 100, 120, 40, yawDegrees, 0, 0, 30, List.of());
  }

  public static DetectedFace face(Box box) {
    return face(box, 0.99f);
  }

  public static DetectedFace face(Box box, float detectionScore) {
    Point middle = new Point((box.x1() + box.x2()) / 2, (box.y1() + box.y2()) / 2);
    return new DetectedFace(
        box, new Landmarks(middle, middle, middle, middle, middle), detectionScore);
  }
}
