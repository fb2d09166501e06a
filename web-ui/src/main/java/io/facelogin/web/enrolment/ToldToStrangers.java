package io.facelogin.web.enrolment;

import io.facelogin.contract.v1.Reason;
import io.facelogin.web.enrolment.EnrolmentOutcome.Enrolled;
import io.facelogin.web.enrolment.EnrolmentOutcome.Refused;
import io.facelogin.web.people.Person;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a visitor is told who enrols himself. Anybody can hold a picture of somebody else before the
 * camera: whether that face is enrolled already must not show. So a duplicate looks like a new
 * person, and is true in so far as the site knows this face; the entry of before stays as it is,
 * and the audit has the refusal.
 */
public final class ToldToStrangers {

  private ToldToStrangers() {}

  /**
   * @param samples that were handed in
   */
  public static EnrolmentOutcome of(EnrolmentOutcome outcome, NewPerson who, int samples) {
    if (!(outcome instanceof Refused refused) || !refused.reasons().contains(Reason.DUPLICATE)) {
      return outcome;
    }
    List<Reason> others =
        refused.reasons().stream().filter(reason -> reason != Reason.DUPLICATE).toList();
    if (!others.isEmpty()) {
      return new Refused(others, null);
    }
    return new Enrolled(
        new Person(
            UUID.randomUUID(), who.name(), who.mail(), Instant.EPOCH, samples, samples == 1));
  }
}
