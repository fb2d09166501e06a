package io.facelogin.matcher.gallery;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.contract.v1.Quality;
import java.time.Instant;

/**
 * One template of one person.
 *
 * @param vector of unit length; shared, not copied: nobody writes to it
 * @param source webcam, upload, video, cli
 * @param weak enrolled from a single photograph
 */
public record Reference(
    TemplateId template,
    PersonId person,
    ModelId model,
    float[] vector,
    Quality quality,
    String source,
    Instant enrolledAt,
    boolean weak) {

  /** How far from 1 the length of a unit vector may be: float noise, not a mistake. */
  private static final double LENGTH_TOLERANCE = 1e-2;

  public Reference {
    requireUnitLength(vector, "Template " + template);
  }

  /**
   * @throws IllegalArgumentException if it is not finite or not of unit length
   */
  public static void requireUnitLength(float[] vector, String what) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    double length = Math.sqrt(sum);
    if (!(Math.abs(length - 1) <= LENGTH_TOLERANCE)) {
      throw new IllegalArgumentException(
          what
              + " has a vector of length "
              + length
              + " with "
              + vector.length
              + " numbers, not 1");
    }
  }
}
