package io.facelogin.web.oidc;

import io.facelogin.web.access.SessionLimits;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.token.PersonLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Who somebody is before the authorization server: the person whose face opened the session, as
 * long as that lasts, the log-in is new enough for what is asked and the person is still enrolled.
 * An administrator is nobody here. While the database cannot tell, so is everybody.
 */
final class PersonContext implements SecurityContextRepository {

  private final SecurityContextRepository sessions;
  private final PersonRepository people;
  private final FreshFace fresh;
  private final SessionLimits limits;

  PersonContext(
      SecurityContextRepository sessions,
      PersonRepository people,
      FreshFace fresh,
      SessionLimits limits) {
    this.sessions = sessions;
    this.people = people;
    this.fresh = fresh;
    this.limits = limits;
  }

  /** The log-in that this session may vouch for in answer to this request. */
  Optional<PersonLogin> login(HttpServletRequest request) {
    return PersonLogin.of(sessions.loadDeferredContext(request).get().getAuthentication())
        .filter(login -> !hasEnded(login, request.getSession(false)))
        .filter(login -> fresh.suffices(login, request))
        .filter(this::isEnrolled);
  }

  private boolean hasEnded(PersonLogin login, @Nullable HttpSession session) {
    return session == null || limits.wasSilent(session) || limits.isTooOld(login.at());
  }

  private boolean isEnrolled(PersonLogin login) {
    try {
      return people.enrolled(login.person()).isPresent();
    } catch (DataAccessException e) {
      return false;
    }
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Loaded(new SecurityContextImpl(), login(request).map(PersonLogin::toAuthentication));
  }

  /** Loaded at once: every endpoint asks. */
  private static final class Loaded implements DeferredSecurityContext {

    private final SecurityContext context;
    private final boolean empty;

    Loaded(
        SecurityContext context,
        Optional<org.springframework.security.core.Authentication> visitor) {
      this.context = context;
      this.empty = visitor.isEmpty();
      visitor.ifPresent(context::setAuthentication);
    }

    @Override
    public SecurityContext get() {
      return context;
    }

    @Override
    public boolean isGenerated() {
      return empty;
    }
  }

  @Override
  @SuppressWarnings("deprecation") // still to be implemented, no longer called
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  /** Sessions are opened by a face only. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return sessions.containsContext(request);
  }
}
