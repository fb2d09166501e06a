package io.facelogin.web.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * What somebody gets who may not do this: a page that says how to get the right, or a problem (RFC
 * 9457) for programs.
 */
final class LockedEntryPoint implements AuthenticationEntryPoint, AccessDeniedHandler {

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException, ServletException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    refuse(
        request,
        response,
        HttpStatus.UNAUTHORIZED,
        "This needs a token: send it as \"Authorization: Bearer TOKEN\". The administrator's was"
            + " printed as a link at the first start; it gives others.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException, ServletException {
    boolean tokenShown =
        Roles.grant(SecurityContextHolder.getContext().getAuthentication()).isPresent();
    if (request.getSession(false) == null && !tokenShown) {
      // Nobody is logged in: a missing CSRF token is not what is wrong.
      commence(request, response, new InsufficientAuthenticationException("no token", cause));
      return;
    }
    refuse(
        request,
        response,
        HttpStatus.FORBIDDEN,
        "The role of this session or token does not allow this, or the page's CSRF token is missing"
            + " or too old: load the page again.");
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException, ServletException {
    if (isPage(request)) {
      response.setStatus(status.value());
      request.getRequestDispatcher("/locked").forward(request, response);
      return;
    }
    Refusals.write(response, status, detail);
  }

  private static boolean isPage(HttpServletRequest request) {
    String path = request.getRequestURI();
    return HttpMethod.GET.matches(request.getMethod())
        && !path.startsWith("/api/")
        && !path.startsWith("/ws")
        && !path.startsWith("/actuator/")
        && !BearerTokenFilter.isPresent(request);
  }
}
