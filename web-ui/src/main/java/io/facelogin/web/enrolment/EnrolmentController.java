package io.facelogin.web.enrolment;

import io.facelogin.contract.v1.Reason;
import io.facelogin.web.decisions.DecisionRepository;
import io.facelogin.web.enrolment.Photographs.Judged;
import io.facelogin.web.enrolment.Photographs.LeftOut;
import io.facelogin.web.identify.Uploads;
import io.facelogin.web.people.Person;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Enrols from photographs, for operators; erases, for administrators. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "people")
class EnrolmentController {

  private static final String SOURCE = "upload";

  private final Photographs photographs;
  private final Enrolments enrolments;
  private final PersonRepository people;
  private final DecisionRepository decisions;

  EnrolmentController(
      Photographs photographs,
      Enrolments enrolments,
      PersonRepository people,
      DecisionRepository decisions) {
    this.photographs = photographs;
    this.enrolments = enrolments;
    this.people = people;
    this.decisions = decisions;
  }

  /**
   * @param leftOut photographs that could not be used, and why
   */
  record Enrolled(
      String id,
      String name,
      boolean weak,
      int templates,
      List<String> reasons,
      List<LeftOut> leftOut) {}

  /**
   * @param decisionsUnlinked past decisions that bear no name any more
   */
  record Erased(String id, String name, int templatesErased, int decisionsUnlinked) {}

  @Operation(
      summary = "Enrols a person from photographs",
      description =
          "Photographs that cannot be used are left out and named. A single one is enough, and"
              + " marked as weak. Refused with 422 and the reasons; nobody is half enrolled then.")
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  Enrolled enrol(
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String mail,
      @RequestParam(defaultValue = "false") boolean consent,
      @RequestParam(defaultValue = SOURCE) String source,
      @RequestParam(defaultValue = "false") boolean allowDuplicate,
      @RequestParam(required = false) @Nullable List<MultipartFile> files) {
    if (!consent) {
      throw Problem.refused(
          "Without the person's consent nothing may be kept: send consent=true once it is given.",
          List.of(Reason.NO_CONSENT));
    }
    NewPerson person = person(name, mail);
    if (!source.matches("[a-z]{1,20}")) {
      throw Problem.badRequest("The source is a word in small letters, got \"" + source + "\".");
    }
    Judged judged = photographs.judge(Uploads.checked(files), source);
    if (judged.samples().isEmpty()) {
      throw Problem.refused(
              "None of the photographs can be used: " + words(judged.leftOut()), judged.reasons())
          .with("leftOut", judged.leftOut());
    }
    EnrolmentOutcome outcome =
        enrolments.enrol(person, source, judged.samples(), true, allowDuplicate);
    if (outcome instanceof EnrolmentOutcome.Enrolled enrolled) {
      Person known = enrolled.person();
      return new Enrolled(
          known.id().toString(),
          known.name(),
          known.weak(),
          known.templates(),
          List.of(),
          judged.leftOut());
    }
    throw refusal((EnrolmentOutcome.Refused) outcome);
  }

  @Operation(
      summary = "Erases a person everywhere",
      description =
          "Answers when the matcher has erased the templates; 503 if it does not answer."
              + " consentWithdrawn=true when the person asked for it: the audit says so.")
  @DeleteMapping("/{id}")
  Erased erase(
      @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean consentWithdrawn) {
    Person person =
        people
            .enrolled(id)
            .orElseThrow(() -> Problem.notFound("Nobody with the id " + id + " is enrolled."));
    int unlinked = decisions.countOfPerson(id);
    int templates =
        (consentWithdrawn ? enrolments.withdrawConsent(id) : enrolments.erase(id))
            .orElseThrow(() -> Problem.notFound("Nobody with the id " + id + " is enrolled."));
    return new Erased(id.toString(), person.name(), templates, unlinked);
  }

  static NewPerson person(@Nullable String name, @Nullable String mail) {
    try {
      return NewPerson.of(name, mail);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Problem refusal(EnrolmentOutcome.Refused refused) {
    Problem problem = Problem.refused("The matcher refused the enrolment.", refused.reasons());
    UUID duplicate = refused.duplicateOf();
    if (duplicate != null) {
      problem.with(
          "duplicateOf",
          people
              .enrolled(duplicate)
              .map(known -> new DuplicateOf(known.id().toString(), known.name()))
              .orElse(new DuplicateOf(duplicate.toString(), "")));
    }
    return problem;
  }

  record DuplicateOf(String id, String name) {}

  private static String words(List<LeftOut> leftOut) {
    return leftOut.stream()
        .map(
            one ->
                one.image()
                    + " ("
                    + (one.error() == null ? String.join(", ", one.reasons()) : one.error())
                    + ")")
        .collect(Collectors.joining(", "));
  }
}
