package io.facelogin.matcher.enrolment;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.gallery.Reference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What became of an enrolment. */
public sealed interface EnrolmentOutcome {

  /** These templates are to be published. */
  record Enrolled(List<Reference> references, boolean weak) implements EnrolmentOutcome {}

  /**
   * Nothing is published.
   *
   * @param duplicateOf who looks the same, for the administrator's eyes only
   * @param cosineSimilarity to the duplicate, or of the samples that disagree most
   */
  record Refused(
      List<Reason> reasons, Optional<PersonId> duplicateOf, OptionalDouble cosineSimilarity)
      implements EnrolmentOutcome {

    static Refused because(Reason reason) {
      return new Refused(List.of(reason), Optional.empty(), OptionalDouble.empty());
    }
  }
}
