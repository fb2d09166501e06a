package io.facelogin.web.enrolment;

import io.facelogin.web.access.RecognisedPerson;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes back the consent of whoever is logged in by face, and with it everything kept of them. */
@RestController
@RequestMapping("/api/v1/session/consent")
@Tag(name = "session")
class OwnConsentController {

  /** Whoever sits down before a browser left open shall not erase its owner. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final Enrolments enrolments;
  private final Clock clock;

  OwnConsentController(Enrolments enrolments, Clock clock) {
    this.enrolments = enrolments;
    this.clock = clock;
  }

  record Withdrawn(int templatesErased) {}

  @Operation(
      summary = "Withdraws the consent of whoever is logged in by face, and erases them",
      description = "The face must have been seen within the last ten minutes, else 409.")
  @DeleteMapping
  Withdrawn withdraw(@AuthenticationPrincipal RecognisedPerson person, HttpServletRequest request) {
    if (person.at().plus(FRESH).isBefore(clock.instant())) {
      throw Problem.conflict(
          "Your face was last seen more than ten minutes ago. Log in again first.");
    }
    int templates =
        enrolments
            .withdrawConsent(person.id())
            .orElseThrow(() -> Problem.notFound("You are not enrolled any more."));
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
    return new Withdrawn(templates);
  }
}
