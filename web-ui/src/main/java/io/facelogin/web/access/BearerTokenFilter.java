package io.facelogin.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Programs show a token with every request and get no session. A wrong one is refused at once, also
 * where no token is needed, so that whoever sends it learns of it; too many wrong ones of an
 * address are told to wait. Right ones never are: nobody can be locked out by a neighbour.
 */
final class BearerTokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final AccessTokens tokens;
  private final RateLimits limits;
  private final AuthenticationEntryPoint refuse;

  BearerTokenFilter(AccessTokens tokens, RateLimits limits, AuthenticationEntryPoint refuse) {
    this.tokens = tokens;
    this.limits = limits;
    this.refuse = refuse;
  }

  static boolean isPresent(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isPresent(request)) {
      chain.doFilter(request, response);
      return;
    }
    String token = request.getHeader(HttpHeaders.AUTHORIZATION).substring(SCHEME.length()).strip();
    Optional<TokenGrant> grant;
    try {
      grant = tokens.grant(token);
    } catch (DataAccessException e) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    if (grant.isEmpty()) {
      Optional<Duration> wait =
          limits.take(RateLimits.Kind.WRONG_TOKEN, Caller.address(request.getRemoteAddr()));
      if (wait.isPresent()) {
        Refusals.tooMany(response, wait.get());
      } else {
        refuse.commence(request, response, new BadCredentialsException("The token is not valid."));
      }
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(Roles.granted(grant.get()));
    SecurityContextHolder.setContext(context);
    chain.doFilter(request, response);
  }
}
