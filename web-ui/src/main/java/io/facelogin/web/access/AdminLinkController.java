package io.facelogin.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
 * Turns the administrator's link into a session, so that the token leaves the address bar at once.
 */
@Controller
class AdminLinkController {

  private final AdminTokens tokens;
  private final SecurityContextRepository sessions;
  private final AuditTrail audit;

  AdminLinkController(AdminTokens tokens, SecurityContextRepository sessions, AuditTrail audit) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.audit = audit;
  }

  @GetMapping("/admin")
  String open(
      @RequestParam(defaultValue = "") String token,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!tokens.accepts(token)) {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      return "forward:/locked";
    }
    request.getSession(true);
    // A session id that somebody else may know must not become the administrator's.
    request.changeSessionId();
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(Roles.administrator());
    SecurityContextHolder.setContext(context);
    sessions.saveContext(context, request, response);
    audit.write("administrator", "session-opened", null);
    return "redirect:/site";
  }

  /** Whether the token is right cannot be told while the database is away. */
  @ExceptionHandler
  void databaseAway(DataAccessException e, HttpServletResponse response) throws IOException {
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
