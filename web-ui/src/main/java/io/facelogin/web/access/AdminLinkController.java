package io.facelogin.web.access;

import io.facelogin.web.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Turns the link of a token (the administrator's is the first) into a session, so that the token
 * leaves the address bar at once.
 */
@Controller
class AdminLinkController {

  static final String PATH = "/admin";

  private final AccessTokens tokens;
  private final RateLimits limits;
  private final SecurityContextRepository sessions;
  private final AuditTrail audit;

  AdminLinkController(
      AccessTokens tokens,
      RateLimits limits,
      SecurityContextRepository sessions,
      AuditTrail audit) {
    this.tokens = tokens;
    this.limits = limits;
    this.sessions = sessions;
    this.audit = audit;
  }

  /**
   * @return null where all is answered already
   */
  @GetMapping(PATH)
  @Nullable String open(
      @RequestParam(defaultValue = "") String token,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<TokenGrant> grant = tokens.grant(token);
    if (grant.isEmpty()) {
      Optional<Duration> wait =
          limits.take(RateLimits.Kind.WRONG_TOKEN, Caller.address(request.getRemoteAddr()));
      if (wait.isPresent()) {
        Refusals.tooMany(response, wait.get());
        return null;
      }
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      return "forward:/locked";
    }
    audit.write(grant.get().auditName(), "session-opened", null, Map.of("by", "link"));
    // Nothing of a session that somebody else may know must become this one's.
    if (request.getSession(false) != null) {
      request.getSession(false).invalidate();
    }
    request.getSession(true);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(Roles.granted(grant.get()));
    SecurityContextHolder.setContext(context);
    sessions.saveContext(context, request, response);
    return "redirect:/site";
  }

  /** Whether the token is right cannot be told while the database is away. */
  @ExceptionHandler
  void databaseAway(DataAccessException e, HttpServletResponse response) throws IOException {
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
