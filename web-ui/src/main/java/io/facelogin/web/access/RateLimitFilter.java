package io.facelogin.web.access;

import io.facelogin.web.access.RateLimits.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the requests that make the networks work. What comes by WebSocket, the socket limits;
 * wrong tokens are counted where they are found wrong.
 */
final class RateLimitFilter extends OncePerRequestFilter {

  private static final Set<String> RECOGNITION =
      Set.of("/api/v1/identify", "/api/v1/verify", "/api/v1/people");
  private static final String ENROLMENT = "/enrol/photos";

  private final RateLimits limits;

  RateLimitFilter(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    Optional<Duration> wait =
        kind(request, visitor)
            .flatMap(kind -> limits.take(kind, Caller.of(visitor, request.getRemoteAddr())));
    if (wait.isPresent()) {
      Refusals.tooMany(response, wait.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static Optional<Kind> kind(HttpServletRequest request, @Nullable Authentication visitor) {
    if (!HttpMethod.POST.matches(request.getMethod())) {
      return Optional.empty();
    }
    if (request.getServletPath().equals(ENROLMENT)) {
      // Whoever enrols others with a token may do so all day.
      return Optional.of(Roles.has(visitor, Role.OPERATOR) ? Kind.RECOGNITION : Kind.ENROLMENT);
    }
    return RECOGNITION.contains(request.getServletPath())
        ? Optional.of(Kind.RECOGNITION)
        : Optional.empty();
  }
}
