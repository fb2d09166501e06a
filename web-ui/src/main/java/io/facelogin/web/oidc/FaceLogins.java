package io.facelogin.web.oidc;

import io.facelogin.web.token.PersonLogin;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * The sessions that faces have opened in this process, by log-in, so that an application can end
 * one: the session's own cookie does not come along from another site. Any number of threads.
 */
@Component
class FaceLogins implements HttpSessionAttributeListener {

  private final Map<UUID, HttpSession> open = new ConcurrentHashMap<>();

  void end(UUID loginId) {
    HttpSession session = open.remove(loginId);
    if (session != null) {
      try {
        session.invalidate();
      } catch (IllegalStateException e) {
        // It has ended already.
      }
    }
  }

  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    login(event.getName(), event.getSession().getAttribute(event.getName()))
        .ifPresent(login -> open.put(login.loginId(), event.getSession()));
  }

  @Override
  public void attributeReplaced(HttpSessionBindingEvent event) {
    attributeRemoved(event);
    attributeAdded(event);
  }

  /** Also when the session ends. */
  @Override
  public void attributeRemoved(HttpSessionBindingEvent event) {
    login(event.getName(), event.getValue()).ifPresent(login -> open.remove(login.loginId()));
  }

  private static Optional<PersonLogin> login(String name, Object value) {
    return name.equals(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
            && value instanceof SecurityContext context
        ? PersonLogin.of(context.getAuthentication())
        : Optional.empty();
  }
}
