package io.facelogin.web.access;

import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for programs and people, given and taken back by administrators. */
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "access")
class TokensController {

  static final int DEFAULT_DAYS = 90;
  private static final int MOST_DAYS = 3_650;
  private static final int LONGEST_NAME = 100;

  private final AccessTokens tokens;
  private final Clock clock;

  TokensController(AccessTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * @param days until it expires; 90 if left out
   * @param unlimited it never expires; only where days is left out
   */
  record Wanted(
      @Nullable String name,
      @Nullable String role,
      @Nullable Integer days,
      @Nullable Boolean unlimited) {}

  record Shown(
      UUID id,
      String name,
      Role role,
      AccessToken.State state,
      boolean administratorLink,
      String createdBy,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  /**
   * @param token shown this once
   * @param link opens a session in a browser, below the address of the site
   */
  record Made(
      UUID id,
      String name,
      Role role,
      Instant createdAt,
      @Nullable Instant expiresAt,
      String token,
      String link) {}

  @Operation(summary = "Lists the tokens, valid ones first; what they say is nowhere")
  @GetMapping
  List<Shown> list() {
    return tokens.all().stream().map(this::shown).toList();
  }

  @Operation(
      summary = "Makes a token; it is in this answer only",
      description = "role is admin, operator or viewer; it expires after 90 days unless said.")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Made make(@RequestBody Wanted wanted) {
    String name = wanted.name() == null ? "" : wanted.name().strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badRequest("A token needs a name of 1 to " + LONGEST_NAME + " characters.");
    }
    return made(tokens.make(name, role(wanted.role()), expiry(wanted)));
  }

  @Operation(summary = "Revokes a token, and closes what was opened with it")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable UUID id) {
    if (!tokens.revoke(id)) {
      throw Problem.notFound("There is no valid token with the id " + id + ".");
    }
  }

  @Operation(summary = "Makes a new administrator's link; the one before is revoked")
  @PostMapping("/administrator-link")
  @ResponseStatus(HttpStatus.CREATED)
  Made renew() {
    return made(tokens.renewAdministratorLink());
  }

  private static Role role(@Nullable String text) {
    try {
      return Role.named(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Instant expiry(Wanted wanted) {
    boolean unlimited = Boolean.TRUE.equals(wanted.unlimited());
    Integer days = wanted.days();
    if (unlimited && days != null) {
      throw Problem.badRequest("Give either days or unlimited, not both.");
    }
    if (unlimited) {
      return null;
    }
    int number = days == null ? DEFAULT_DAYS : days;
    if (number < 1 || number > MOST_DAYS) {
      throw Problem.badRequest(
          "days must be 1 to "
              + MOST_DAYS
              + ", got "
              + number
              + "; a token that never expires is asked for by unlimited.");
    }
    return clock.instant().plus(Duration.ofDays(number));
  }

  private Shown shown(AccessToken token) {
    return new Shown(
        token.id(),
        token.name(),
        token.role(),
        token.state(clock.instant()),
        token.lasting(),
        token.createdBy(),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt(),
        token.revokedAt());
  }

  private static Made made(AccessTokens.Made made) {
    AccessToken token = made.token();
    return new Made(
        token.id(),
        token.name(),
        token.role(),
        token.createdAt(),
        token.expiresAt(),
        made.secret(),
        AdminLinkController.PATH + "?token=" + made.secret());
  }
}
