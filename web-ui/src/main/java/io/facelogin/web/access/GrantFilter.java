package io.facelogin.web.access;

import io.facelogin.web.people.PersonRepository;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session is worth no more than what opened it, which is looked up with every request: a revoked
 * token ends its sessions, an erased person too, and so do silence and the longest time that one
 * may last. While the database cannot tell, nobody is greeted and nothing is done.
 */
final class GrantFilter extends OncePerRequestFilter {

  private final AccessTokens tokens;
  private final PersonRepository people;
  private final SessionLimits limits;

  GrantFilter(AccessTokens tokens, PersonRepository people, SessionLimits limits) {
    this.tokens = tokens;
    this.people = people;
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    HttpSession session = request.getSession(false);
    if (session == null || visitor == null) {
      chain.doFilter(request, response);
      return;
    }
    Optional<TokenGrant> grant = Roles.grant(visitor);
    try {
      if (limits.wasSilent(session) || !holds(visitor, grant)) {
        session.invalidate();
        SecurityContextHolder.clearContext();
      }
    } catch (DataAccessException e) {
      if (grant.isPresent()) {
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        return;
      }
      SecurityContextHolder.clearContext();
    }
    chain.doFilter(request, response);
  }

  private boolean holds(Authentication visitor, Optional<TokenGrant> grant) {
    if (grant.isPresent()
        && (limits.isTooOld(grant.get().openedAt()) || !tokens.isValid(grant.get()))) {
      return false;
    }
    return !(visitor.getPrincipal() instanceof RecognisedPerson person)
        || (!limits.isTooOld(person.at()) && people.enrolled(person.id()).isPresent());
  }
}
