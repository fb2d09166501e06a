package io.facelogin.matcher.enrolment;

import io.facelogin.contract.PersonId;
import java.time.Instant;
import java.util.List;

/**
 * Somebody is to be enrolled, or to get further templates.
 *
 * @param commandId template ids are derived from it, so that a repeated command changes nothing
 * @param hasConsent the person's consent is on record
 * @param allowSingle fewer samples than usual will do
 * @param allowDuplicate that somebody else looks the same is known and wanted
 */
public record Enrolment(
    String commandId,
    PersonId person,
    Instant issuedAt,
    List<Sample> samples,
    boolean hasConsent,
    boolean allowSingle,
    boolean allowDuplicate) {

  public Enrolment {
    samples = List.copyOf(samples);
  }
}
