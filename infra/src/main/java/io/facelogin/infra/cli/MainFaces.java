package io.facelogin.infra.cli;

import io.facelogin.models.EncodedFace;
import io.facelogin.models.FoundFace;
import io.facelogin.models.StillFaces;
import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import io.facelogin.models.picture.UnusablePictureException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which face of a picture is meant where there are several. */
final class MainFaces {

  private MainFaces() {}

  /** The largest, as in pictures sent over REST. */
  static Optional<FoundFace> largest(List<FoundFace> faces) {
    return faces.stream().max(Comparator.comparingDouble(face -> face.face().boxPx().area()));
  }

  /** The nearest to the centre of the picture, as the authors of LFW define its subjects. */
  static Optional<FoundFace> mostCentral(List<FoundFace> faces, Picture picture) {
    return faces.stream()
        .min(Comparator.comparingDouble(face -> distanceToCentre(face.face().boxPx(), picture)));
  }

  private static double distanceToCentre(Box box, Picture picture) {
    return Math.hypot(
        (box.x1() + box.x2() - picture.widthPx()) / 2,
        (box.y1() + box.y2() - picture.heightPx()) / 2);
  }

  /**
   * @throws UnusablePictureException if it cannot be read or shows no face
   */
  static EncodedFace encodeLargest(StillFaces networks, Path file, int minFacePx)
      throws UnusablePictureException {
    try (Picture picture = PictureFile.read(file)) {
      FoundFace face =
          largest(networks.finder().find(List.of(picture), minFacePx).get(0))
              .orElseThrow(
                  () ->
                      new UnusablePictureException(
                          "No face of at least " + minFacePx + " px was found"));
      return new EncodedFace(face, networks.encoder().encode(List.of(face.crop())).get(0));
    }
  }
}
