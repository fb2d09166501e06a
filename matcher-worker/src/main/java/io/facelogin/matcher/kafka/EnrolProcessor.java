package io.facelogin.matcher.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facelogin.contract.ModelId;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.TemplateId;
import io.facelogin.contract.kafka.PersonKeyRecords;
import io.facelogin.contract.kafka.PersonSeals;
import io.facelogin.contract.kafka.UnreadableRecordException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.v1.EnrolmentCommand;
import io.facelogin.contract.v1.EnrolmentResult;
import io.facelogin.contract.v1.PersonKey;
import io.facelogin.contract.v1.Reason;
import io.facelogin.matcher.enrolment.Enrolment;
import io.facelogin.matcher.enrolment.EnrolmentOutcome;
import io.facelogin.matcher.enrolment.EnrolmentOutcome.Enrolled;
import io.facelogin.matcher.enrolment.EnrolmentOutcome.Refused;
import io.facelogin.matcher.enrolment.Sample;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TemplateRecords;
import io.facelogin.matcher.state.PendingResult;
import io.facelogin.matcher.state.PersonTemplates;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * {@code enrolments} to {@code gallery} and {@code enrolment-results}. Who is erased, or was
 * refused and has no template, loses the key too, in the same transaction. The result of a change
 * is held back until this matcher's own searches see it, so that whoever reads "enrolled" and looks
 * into the camera is known, and whoever reads "erased" is not.
 */
final class EnrolProcessor implements Processor<String, byte[], String, Object> {

  static final String PERSON_TEMPLATES = "person-templates";
  static final String PENDING_RESULTS = "pending-results";

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** Then the result goes out all the same: the gallery topic holds the change for certain. */
  private static final Duration HOLD_AT_MOST = Duration.ofSeconds(5);

  private final MatcherCore core;

  /** Whose key this task took away; what reads the topic may not have followed yet. */
  private final Set<PersonId> withoutKey = new HashSet<>();

  private @Nullable ProcessorContext<String, Object> context;
  private @Nullable KeyValueStore<String, PersonTemplates> templatesOfPeople;
  private @Nullable KeyValueStore<String, PendingResult> pending;

  EnrolProcessor(MatcherCore core) {
    this.core = core;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    templatesOfPeople = context.getStateStore(PERSON_TEMPLATES);
    pending = context.getStateStore(PENDING_RESULTS);
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::releaseResults);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    EnrolmentCommand command;
    try {
      command = core.records().enrolment(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      core.metrics().deadLetter(MatcherTopology.ENROLMENTS.name());
      context()
          .forward(
              Letters.deadLetter(context(), record, e), MatcherTopology.ENROLMENTS_DEAD_LETTERS);
      return;
    }
    if (command.hasRewrap()) {
      rewrap(command, record.timestamp());
      return;
    }
    EnrolmentResult result =
        command.hasErase()
            ? erase(command, record.timestamp())
            : enrol(command, record.timestamp());
    core.metrics().enrolment(result.getAccepted() ? "ACCEPTED" : result.getReasons(0).name());
    if (result.getAccepted()) {
      pending()
          .put(
              command.getCommandId(),
              PendingResult.newBuilder()
                  .setResult(result.toByteString())
                  .setSinceMs(context().currentSystemTimeMs())
                  .build());
    } else {
      publish(result, record.timestamp());
    }
  }

  private EnrolmentResult enrol(EnrolmentCommand command, long timestampMs) {
    EnrolmentResult.Builder result = answer(command);
    PersonId person = new PersonId(command.getPersonId());
    Optional<DataKey> key = core.keys().find(person);
    if (key.isEmpty()) {
      return result.addReasons(Reason.NOT_FOUND).build();
    }
    EnrolmentOutcome outcome = core.enrolmentRules().judge(enrolment(command));
    if (outcome instanceof Refused refused) {
      if (!isEnrolled(command) && core.gallery().templatesOf(person).isEmpty()) {
        forgetKey(person, timestampMs);
      }
      result.addAllReasons(refused.reasons());
      refused.duplicateOf().ifPresent(other -> result.setDuplicateOfPersonId(other.value()));
      refused.cosineSimilarity().ifPresent(s -> result.setCosineSimilarity((float) s));
      return result.build();
    }
    Enrolled enrolled = (Enrolled) outcome;
    Set<String> ids = new LinkedHashSet<>(templatesOf(command));
    for (Reference reference : enrolled.references()) {
      ids.add(reference.template().value());
      result.addTemplateIds(reference.template().value());
      forwardToGallery(
          TemplateRecords.key(reference.person(), reference.template()),
          PersonSeals.seal(TemplateRecords.toRecord(reference), key.get()),
          timestampMs);
    }
    templatesOfPeople()
        .put(command.getPersonId(), PersonTemplates.newBuilder().addAllTemplateIds(ids).build());
    return result.setAccepted(true).setWeak(enrolled.weak()).build();
  }

  private EnrolmentResult erase(EnrolmentCommand command, long timestampMs) {
    PersonId person = new PersonId(command.getPersonId());
    Set<String> ids = new LinkedHashSet<>(templatesOf(command));
    // The store knows all that this application published; the gallery also what came otherwise.
    core.gallery().templatesOf(person).forEach(id -> ids.add(id.value()));
    EnrolmentResult.Builder result = answer(command).setErasure(true);
    forgetKey(person, timestampMs);
    if (ids.isEmpty()) {
      return result.addReasons(Reason.NOT_FOUND).build();
    }
    for (String id : ids) {
      forwardToGallery(TemplateRecords.key(person, new TemplateId(id)), null, timestampMs);
    }
    templatesOfPeople().delete(command.getPersonId());
    return result.setAccepted(true).addAllTemplateIds(ids).build();
  }

  /**
   * Not for somebody erased before: the key would come back. Everybody else who has a key, also
   * those whom the store does not know since they came from a backup.
   */
  private void rewrap(EnrolmentCommand command, long timestampMs) {
    PersonId person = new PersonId(command.getPersonId());
    if (!core.masters().currentId().equals(command.getRewrap().getMasterKeyId())) {
      core.masters().refresh();
    }
    if (isEnrolled(command) || !withoutKey.contains(person)) {
      Instant madeAt = Instant.EPOCH.plus(command.getRewrap().getMadeAtUs(), ChronoUnit.MICROS);
      core.keys()
          .find(person)
          .ifPresent(
              key ->
                  forwardKey(
                      person,
                      PersonKeyRecords.wrap(person, key, madeAt, core.masters()),
                      timestampMs));
    }
  }

  private boolean isEnrolled(EnrolmentCommand command) {
    return !templatesOf(command).isEmpty();
  }

  private List<String> templatesOf(EnrolmentCommand command) {
    PersonTemplates known = templatesOfPeople().get(command.getPersonId());
    return known == null ? List.of() : known.getTemplateIdsList();
  }

  private static Enrolment enrolment(EnrolmentCommand command) {
    List<Sample> samples = new ArrayList<>();
    for (var sample : command.getEnrol().getSamplesList()) {
      samples.add(
          new Sample(
              new ModelId(sample.getModelId()),
              TemplateRecords.toArray(sample.getVectorList()),
              sample.getQuality(),
              sample.getSource()));
    }
    return new Enrolment(
        command.getCommandId(),
        new PersonId(command.getPersonId()),
        Instant.EPOCH.plus(command.getIssuedAtUs(), ChronoUnit.MICROS),
        samples,
        !command.getEnrol().getConsentId().isBlank(),
        command.getEnrol().getAllowSingle(),
        command.getEnrol().getAllowDuplicate());
  }

  private static EnrolmentResult.Builder answer(EnrolmentCommand command) {
    return EnrolmentResult.newBuilder()
        .setCommandId(command.getCommandId())
        .setPersonId(command.getPersonId());
  }

  private void releaseResults(long nowMs) {
    List<KeyValue<String, PendingResult>> ready = new ArrayList<>();
    try (KeyValueIterator<String, PendingResult> all = pending().all()) {
      while (all.hasNext()) {
        KeyValue<String, PendingResult> each = all.next();
        if (isVisible(result(each.value))
            || nowMs - each.value.getSinceMs() > HOLD_AT_MOST.toMillis()) {
          ready.add(each);
        }
      }
    }
    for (KeyValue<String, PendingResult> each : ready) {
      publish(result(each.value), nowMs);
      pending().delete(each.key);
    }
  }

  private boolean isVisible(EnrolmentResult result) {
    return result.getTemplateIdsList().stream()
        .allMatch(id -> core.gallery().index().holds(new TemplateId(id)) != result.getErasure());
  }

  private static EnrolmentResult result(PendingResult pending) {
    try {
      return EnrolmentResult.parseFrom(pending.getResult());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("The state store holds a result that we did not write", e);
    }
  }

  private void forwardToGallery(String key, @Nullable Object template, long timestampMs) {
    context()
        .forward(
            new Record<>(key, template, timestampMs, new RecordHeaders()),
            MatcherTopology.GALLERY_SINK);
  }

  private void forgetKey(PersonId person, long timestampMs) {
    withoutKey.add(person);
    forwardKey(person, null, timestampMs);
  }

  private void forwardKey(PersonId person, @Nullable PersonKey key, long timestampMs) {
    context()
        .forward(
            new Record<>(person.value(), (Object) key, timestampMs, new RecordHeaders()),
            MatcherTopology.PERSON_KEYS_SINK);
  }

  private void publish(EnrolmentResult result, long timestampMs) {
    context()
        .forward(
            new Record<>(result.getPersonId(), result, timestampMs, new RecordHeaders()),
            MatcherTopology.RESULTS_SINK);
  }

  private ProcessorContext<String, Object> context() {
    return Objects.requireNonNull(context, "init was not called");
  }

  private KeyValueStore<String, PersonTemplates> templatesOfPeople() {
    return Objects.requireNonNull(templatesOfPeople, "init was not called");
  }

  private KeyValueStore<String, PendingResult> pending() {
    return Objects.requireNonNull(pending, "init was not called");
  }
}
