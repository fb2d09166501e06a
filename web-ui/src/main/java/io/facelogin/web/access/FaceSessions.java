package io.facelogin.web.access;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Turns the HTTP session behind a WebSocket into that of the person who was recognised. */
public final class FaceSessions {

  private FaceSessions() {}

  /** May be called from any thread. @throws IllegalStateException if the session has ended */
  public static void open(HttpSession session, RecognisedPerson person) {
    String key = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    SecurityContext before = (SecurityContext) session.getAttribute(key);
    @Nullable Authentication known = before == null ? null : before.getAuthentication();
    session.setAttribute(key, new SecurityContextImpl(Roles.recognised(person, known)));
  }
}
