package io.facelogin.web.identify;

import io.facelogin.models.EncodedFace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The face that a photograph is of: the largest. Faces in the background, much smaller, do not make
 * it a picture of several people.
 *
 * @param alone whether no other face is nearly as large
 */
public record MainFace(EncodedFace face, boolean alone) {

  /** Of the largest face's area, from which on another face counts. */
  private static final float BACKGROUND = 0.5f;

  /** Empty if there is no face. */
  public static Optional<MainFace> of(List<EncodedFace> faces) {
    return faces.stream()
        .max(Comparator.comparingDouble(MainFace::areaPx))
        .map(
            largest ->
                new MainFace(
                    largest,
                    faces.stream()
                        .filter(other -> !other.equals(largest))
                        .allMatch(other -> areaPx(other) < BACKGROUND * areaPx(largest))));
  }

  private static float areaPx(EncodedFace face) {
    return face.found().face().boxPx().area();
  }
}
