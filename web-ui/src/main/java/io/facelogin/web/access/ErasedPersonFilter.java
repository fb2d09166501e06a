package io.facelogin.web.access;

import io.facelogin.web.people.PersonRepository;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who is erased must not live on in a session: the person behind it is looked up with every
 * request, and nobody is greeted while the database cannot tell.
 */
final class ErasedPersonFilter extends OncePerRequestFilter {

  private final PersonRepository people;

  ErasedPersonFilter(PersonRepository people) {
    this.people = people;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    if (visitor != null && visitor.getPrincipal() instanceof RecognisedPerson person) {
      try {
        if (people.enrolled(person.id()).isEmpty()) {
          HttpSession session = request.getSession(false);
          if (session != null) {
            session.invalidate();
          }
          SecurityContextHolder.clearContext();
        }
      } catch (DataAccessException e) {
        SecurityContextHolder.clearContext();
      }
    }
    chain.doFilter(request, response);
  }
}
