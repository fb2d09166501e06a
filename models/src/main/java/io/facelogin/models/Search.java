package io.facelogin.models;

import io.facelogin.models.geometry.Box;
import io.facelogin.models.picture.Picture;
import java.util.List;

/**
 * What to look for in one picture, and where.
 *
 * @param picture owned by the caller, open until the faces are found
 * @param minFacePx smallest face worth looking for, the side of its box in pixels
 * @param minScore least detection score of what is wanted, 0 to 1; below {@link #FACE} come places
 *     that are hardly faces now and may be in the next picture
 */
public record Search(Picture picture, int minFacePx, Where where, float minScore) {

  /** From this detection score on a detector calls it a face. */
  public static final float FACE = 0.7f;

  public Search {
    if (!(minScore > 0 && minScore < 1)) {
      throw new IllegalArgumentException("minScore must be between 0 and 1, got " + minScore);
    }
  }

  /** The part of a picture that is looked at. */
  public sealed interface Where {}

  /** All of it. */
  public record Everywhere() implements Where {}

  /**
   * Only where faces are expected and where something new may be. Costs next to nothing where both
   * lists are empty, and then nothing is found.
   *
   * @param expectedPx boxes of faces of an earlier picture: a face that moved by up to a fifth of
   *     its width is found again
   * @param regionsPx searched as if each were a picture of its own, so a face must lie within one,
   *     with its rim; may overlap each other and the picture's rim
   */
  public record Around(List<Box> expectedPx, List<Box> regionsPx) implements Where {

    public Around {
      expectedPx = List.copyOf(expectedPx);
      regionsPx = List.copyOf(regionsPx);
    }
  }

  public static Search everywhere(Picture picture, int minFacePx) {
    return new Search(picture, minFacePx, new Everywhere(), FACE);
  }

  public static Search around(
      Picture picture, int minFacePx, List<Box> expectedPx, List<Box> regionsPx) {
    return new Search(picture, minFacePx, new Around(expectedPx, regionsPx), FACE);
  }
}
