package io.facelogin.web.enrolment;

import io.facelogin.contract.v1.Reason;
import io.facelogin.web.WebSettings;
import io.facelogin.web.access.Role;
import io.facelogin.web.access.Roles;
import io.facelogin.web.identify.Uploads;
import io.facelogin.web.people.Person;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Photographs of the enrolment page. Nobody can check them for life, so where that check is
 * required they are taken of operators only. Else open to whoever may enrol, so the answer says no
 * more than the WebSocket would: never whom a face resembles.
 */
@RestController
@Hidden
class PhotographsController {

  private static final String SOURCE = "upload";

  /** The page chooses at most as many; each costs a second of work here. */
  private static final int MOST_PHOTOGRAPHS = 10;

  private final Photographs photographs;
  private final Enrolments enrolments;
  private final WebSettings settings;

  PhotographsController(Photographs photographs, Enrolments enrolments, WebSettings settings) {
    this.photographs = photographs;
    this.enrolments = enrolments;
    this.settings = settings;
  }

  record Who(String id, String name) {}

  record Answer(boolean accepted, List<String> reasons, boolean weak, @Nullable Who person) {}

  @PostMapping(path = "/enrol/photos", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Answer enrol(
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String mail,
      @RequestParam(defaultValue = "false") boolean consent,
      @RequestParam(required = false) @Nullable List<MultipartFile> files) {
    if (settings.liveness().attackCheck() && !isOperator()) {
      return refused(List.of(Reason.CHECK_MISSING));
    }
    if (!consent) {
      return refused(List.of(Reason.NO_CONSENT));
    }
    NewPerson person = EnrolmentController.person(name, mail);
    List<MultipartFile> chosen = Uploads.checked(files);
    if (chosen.size() > MOST_PHOTOGRAPHS) {
      throw Problem.badRequest("At most " + MOST_PHOTOGRAPHS + " photographs at once.");
    }
    var judged = photographs.judge(chosen, SOURCE);
    if (judged.samples().isEmpty()) {
      return refused(judged.reasons());
    }
    EnrolmentOutcome outcome = enrolments.enrol(person, SOURCE, judged.samples(), true, false);
    if (!isOperator()) {
      outcome = ToldToStrangers.of(outcome, person, judged.samples().size());
    }
    if (outcome instanceof EnrolmentOutcome.Enrolled enrolled) {
      Person known = enrolled.person();
      return new Answer(
          true, List.of(), known.weak(), new Who(known.id().toString(), known.name()));
    }
    return refused(((EnrolmentOutcome.Refused) outcome).reasons());
  }

  private static boolean isOperator() {
    return Roles.has(SecurityContextHolder.getContext().getAuthentication(), Role.OPERATOR);
  }

  private static Answer refused(List<Reason> reasons) {
    return new Answer(false, reasons.stream().map(Reason::name).toList(), false, null);
  }
}
