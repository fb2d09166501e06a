package io.facelogin.web.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody gets who may not do this: a page that says how to become the administrator, or a
 * problem (RFC 9457) for programs.
 */
final class LockedEntryPoint implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final JsonMapper json;

  LockedEntryPoint(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
      throws IOException, ServletException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    refuse(
        request,
        response,
        HttpStatus.UNAUTHORIZED,
        "This needs the administrator's token: send it as \"Authorization: Bearer TOKEN\". It was"
            + " printed as a link at the first start.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException, ServletException {
    if (request.getSession(false) == null) {
      // Nobody is logged in: a missing CSRF token is not what is wrong.
      commence(request, response, new InsufficientAuthenticationException("no token", cause));
      return;
    }
    refuse(
        request,
        response,
        HttpStatus.FORBIDDEN,
        "The session may not do this, or the page's CSRF token is missing or too old: load the"
            + " page again.");
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException, ServletException {
    response.setStatus(status.value());
    if (isPage(request)) {
      request.getRequestDispatcher("/locked").forward(request, response);
      return;
    }
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", status.getReasonPhrase());
    problem.put("status", status.value());
    problem.put("detail", detail);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), problem);
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
