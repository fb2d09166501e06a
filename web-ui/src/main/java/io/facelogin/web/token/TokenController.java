package io.facelogin.web.token;

import io.facelogin.web.applications.Applications;
import io.facelogin.web.audit.AuditTrail;
import io.facelogin.web.people.Person;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For the person who is logged in by face: a token for another application. */
@RestController
@RequestMapping("/api/v1/token")
@Tag(name = "token")
class TokenController {

  private final FaceTokens tokens;
  private final Applications applications;
  private final PersonRepository people;
  private final AuditTrail audit;

  TokenController(
      FaceTokens tokens, Applications applications, PersonRepository people, AuditTrail audit) {
    this.tokens = tokens;
    this.applications = applications;
    this.people = people;
    this.audit = audit;
  }

  /**
   * What is asked for.
   *
   * @param audience id of a registered application
   * @param scopes default: none, so that the token names the person by id only
   */
  record Wanted(@Nullable String audience, @Nullable List<String> scopes) {}

  record Answer(String token, Instant expiresAt) {}

  @Operation(summary = "Issues a token (JWT) that the named application can check")
  @PostMapping
  Answer issue(@RequestBody Wanted wanted) {
    PersonLogin login =
        PersonLogin.of(SecurityContextHolder.getContext().getAuthentication())
            .orElseThrow(() -> Problem.badRequest("Log in with your face first."));
    String audience = Objects.requireNonNullElse(wanted.audience(), "").strip();
    RegisteredClient application =
        applications
            .client(audience)
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "No application with the id "
                            + audience
                            + " is registered. Tokens are issued for registered ones only."));
    Person person =
        people
            .enrolled(login.person())
            .orElseThrow(() -> Problem.badRequest("This person is not enrolled any more."));
    Jwt token = tokens.issue(application, login, person, scopes(application, wanted.scopes()));
    audit.write("face-token-issued", application.getClientId());
    return new Answer(token.getTokenValue(), Objects.requireNonNull(token.getExpiresAt()));
  }

  private static Set<String> scopes(RegisteredClient application, @Nullable List<String> asked) {
    Set<String> scopes = new LinkedHashSet<>(asked == null ? List.of() : asked);
    for (String scope : scopes) {
      if (!application.getScopes().contains(scope)) {
        throw Problem.badRequest(
            "The application "
                + application.getClientId()
                + " may not ask for "
                + scope
                + ", only for "
                + application.getScopes().stream().sorted().toList()
                + ".");
      }
    }
    return scopes;
  }
}
