package io.facelogin.web.oidc;

import io.facelogin.web.access.RecognisedPerson;
import io.facelogin.web.access.SessionLimits;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.token.PersonLogin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says to a visitor who they are here. */
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "session")
class SessionController {

  private final PersonContext context;

  SessionController(
      SecurityContextRepository sessions,
      PersonRepository people,
      FreshFace fresh,
      SessionLimits limits) {
    this.context = new PersonContext(sessions, people, fresh, limits);
  }

  record Person(UUID id, String name) {}

  /**
   * A visitor's session.
   *
   * @param person who logged in by face, null for nobody
   * @param suffices whether that answers what an application asks in the parameters ({@code
   *     prompt}, {@code max_age}) without another look
   */
  record Session(
      @Nullable Person person, @Nullable Instant at, List<String> methods, boolean suffices) {}

  @Operation(summary = "Says who is logged in by face")
  @GetMapping
  Session session(HttpServletRequest request) {
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    Optional<PersonLogin> login = PersonLogin.of(visitor);
    if (visitor == null
        || login.isEmpty()
        || !(visitor.getPrincipal() instanceof RecognisedPerson person)) {
      return new Session(null, null, List.of(), false);
    }
    return new Session(
        new Person(person.id(), person.name()),
        person.at(),
        login.get().methods(),
        context.login(request).isPresent());
  }
}
