package io.facelogin.web.enrolment;

import io.facelogin.contract.v1.Reason;
import io.facelogin.web.people.Person;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the matcher made of an enrolment. */
public sealed interface EnrolmentOutcome {

  record Enrolled(Person person) implements EnrolmentOutcome {}

  /**
   * @param duplicateOf who looks the same; for the administrator's eyes only
   */
  record Refused(List<Reason> reasons, @Nullable UUID duplicateOf) implements EnrolmentOutcome {}
}
