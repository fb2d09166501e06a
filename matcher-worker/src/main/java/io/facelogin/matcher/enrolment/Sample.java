package io.facelogin.matcher.enrolment;

import io.facelogin.contract.ModelId;
import io.facelogin.contract.v1.Quality;
import io.facelogin.matcher.gallery.Reference;

/**
 * A face offered for enrolment.
 *
 * @param vector of unit length; shared: nobody writes to it
 */
public record Sample(ModelId model, float[] vector, Quality quality, String source) {

  public Sample {
    Reference.requireUnitLength(vector, "A sample");
  }
}
