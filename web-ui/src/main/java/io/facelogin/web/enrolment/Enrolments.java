package io.facelogin.web.enrolment;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.Sample;
import io.facelogin.web.WebSettings;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.kafka.Answers;
import io.facelogin.web.kafka.Feeds;
import io.facelogin.web.kafka.Outgoing;
import io.facelogin.web.kafka.PipelineAwayException;
import io.facelogin.web.people.ConsentRepository;
import io.facelogin.web.people.PersonErased;
import io.facelogin.web.people.PersonRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enrols and erases through the matcher, and keeps the table in step: a person is pending until the
 * matcher has accepted, and is gone again, templates and all, in every other case. Nobody stays
 * half enrolled, also when this process dies in between.
 */
@Component
public class Enrolments {

  private static final Logger LOG = LoggerFactory.getLogger(Enrolments.class);
  static final String CONSENT_WITHDRAWN = "consent-withdrawn";

  private static final Duration PENDING_AT_MOST = Duration.ofMinutes(5);

  private final PersonRepository people;
  private final ConsentRepository consents;
  private final TransactionTemplate transaction;
  private final Outgoing outgoing;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final WebSettings settings;
  private final MasterKeys masters;
  private final Clock clock;
  private final Answers<EnrolmentResult> answers = new Answers<>();

  Enrolments(
      PersonRepository people,
      ConsentRepository consents,
      TransactionTemplate transaction,
      Outgoing outgoing,
      Feeds feeds,
      AuditTrail audit,
      ApplicationEventPublisher events,
      WebSettings settings,
      KafkaConnection kafka,
      Clock clock) {
    this.people = people;
    this.consents = consents;
    this.transaction = transaction;
    this.outgoing = outgoing;
    this.audit = audit;
    this.events = events;
    this.settings = settings;
    this.masters = kafka.masterKeysOrThrow();
    this.clock = clock;
    feeds.followAsOnlyReader(
        Topics.ENROLMENT_RESULTS,
        Feeds.Start.NOW,
        (key, result) -> {
          if (result != null) {
            answers.arrived(result.getCommandId(), result);
          }
        });
  }

  /**
   * Waits for the matcher. The caller vouches that consent was given.
   *
   * @param source of consent and samples: webcam, upload, cli
   * @param allowSingle one sample is enough; its template is marked as weak
   * @param allowDuplicate the likeness to somebody else is known
   * @throws PipelineAwayException if there was no answer; nobody is enrolled then
   */
  public EnrolmentOutcome enrol(
      NewPerson person,
      String source,
      List<Sample> samples,
      boolean allowSingle,
      boolean allowDuplicate) {
    UUID id = UUID.randomUUID();
    UUID consent = UUID.randomUUID();
    Instant now = clock.instant();
    DataKey key = issueKey(id, now);
    transaction.executeWithoutResult(
        status -> {
          people.insertPending(id, person.name(), person.mail(), key, now);
          consents.insert(consent, id, settings.consentTextVersion(), source, now);
        });
    EnrolmentCommand command =
        PersonSeals.seal(
            command(id)
                .setEnrol(
                    EnrolmentCommand.Enrol.newBuilder()
                        .setConsentId(consent.toString())
                        .setAllowSingle(allowSingle)
                        .setAllowDuplicate(allowDuplicate))
                .build(),
            samples,
            key);
    EnrolmentResult result;
    try (var expected = answers.expect(command.getCommandId())) {
      outgoing.publish(Topics.ENROLMENTS, id.toString(), command);
      result = expected.await(settings.answerTimeout());
    } catch (PipelineAwayException e) {
      abandon(id);
      throw e;
    }
    if (!result.getAccepted()) {
      List<String> reasons = result.getReasonsList().stream().map(Enum::name).toList();
      transaction.executeWithoutResult(
          status -> {
            people.delete(id);
            audit.write(
                "enrolment-refused", id.toString(), Map.of("source", source, "reasons", reasons));
          });
      return new EnrolmentOutcome.Refused(result.getReasonsList(), duplicate(result));
    }
    transaction.executeWithoutResult(
        status -> {
          people.markEnrolled(id, result.getTemplateIdsCount(), result.getWeak(), clock.instant());
          audit.write(
              "person-enrolled",
              id.toString(),
              Map.of("source", source, "templates", result.getTemplateIdsCount()));
        });
    return new EnrolmentOutcome.Enrolled(people.enrolled(id).orElseThrow());
  }

  /**
   * Before anything is sealed with it, so that nothing is ever sealed by a key that is lost.
   * Whoever is not enrolled in the end loses it through the matcher.
   */
  private DataKey issueKey(UUID id, Instant now) {
    DataKey key = DataKey.fresh();
    PersonId person = new PersonId(id.toString());
    outgoing.publish(
        Topics.PERSON_KEYS, person.value(), PersonKeyRecords.wrap(person, key, now, masters));
    return key;
  }

  /**
   * Waits until the matcher has erased the templates, then erases the person here.
   *
   * @return how many templates were erased; empty if nobody of that id is enrolled
   * @throws PipelineAwayException if there was no answer; the person is still listed then, and
   *     erasing may be repeated
   */
  public Optional<Integer> erase(UUID id) {
    return erase(id, false);
  }

  /** As {@link #erase(UUID)}, since nothing may be kept without consent; the audit says why. */
  public Optional<Integer> withdrawConsent(UUID id) {
    return erase(id, true);
  }

  private Optional<Integer> erase(UUID id, boolean consentWithdrawn) {
    if (people.enrolled(id).isEmpty()) {
      return Optional.empty();
    }
    EnrolmentCommand command = erasure(id);
    EnrolmentResult result;
    try (var expected = answers.expect(command.getCommandId())) {
      outgoing.publish(Topics.ENROLMENTS, id.toString(), command);
      result = expected.await(settings.answerTimeout());
    }
    // Refused means NOT_FOUND: there are no templates any more, which is what was wanted.
    transaction.executeWithoutResult(
        status -> {
          people.delete(id);
          if (consentWithdrawn) {
            audit.write(CONSENT_WITHDRAWN, id.toString());
          }
          audit.write(
              "person-erased", id.toString(), Map.of("templates", result.getTemplateIdsCount()));
        });
    events.publishEvent(new PersonErased(id));
    return Optional.of(result.getTemplateIdsCount());
  }

  /** Ends enrolments whose process died while the matcher judged. */
  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
  void abandonForgotten() {
    try {
      people.pendingSince(clock.instant().minus(PENDING_AT_MOST)).forEach(this::abandon);
    } catch (DataAccessException e) {
      LOG.debug("Database away, forgotten enrolments wait", e);
    }
  }

  /**
   * The matcher may still accept later: the erasure follows the enrolment on the same partition.
   */
  private void abandon(UUID id) {
    try {
      outgoing.publish(Topics.ENROLMENTS, id.toString(), erasure(id));
      people.delete(id);
    } catch (PipelineAwayException e) {
      // Left pending, which nobody sees; abandonForgotten tries again.
      LOG.debug("Broker away, a pending enrolment waits to be undone");
    }
  }

  private EnrolmentCommand erasure(UUID id) {
    return command(id).setErase(EnrolmentCommand.Erase.getDefaultInstance()).build();
  }

  private EnrolmentCommand.Builder command(UUID id) {
    return EnrolmentCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setPersonId(id.toString())
        .setIssuedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
  }

  private static @org.jspecify.annotations.Nullable UUID duplicate(EnrolmentResult result) {
    return result.getDuplicateOfPersonId().isEmpty()
        ? null
        : UUID.fromString(result.getDuplicateOfPersonId());
  }
}
