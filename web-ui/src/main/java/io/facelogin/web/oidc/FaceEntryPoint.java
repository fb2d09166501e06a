package io.facelogin.web.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Sends the browser to the log-in page, with all that the application asked for in the address: the
 * page goes on to it after the log-in. Nothing is kept in a session, since the cookie of one does
 * not come along from another site and a new one would end what the visitor has.
 */
final class FaceEntryPoint implements AuthenticationEntryPoint {

  static final String LOGIN = "/login";

  private final FreshFace fresh;

  FaceEntryPoint(FreshFace fresh) {
    this.fresh = fresh;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause) {
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    String asked =
        Arrays.stream(query.split("&"))
            .filter(part -> !part.startsWith(FreshFace.ASKED + "="))
            .collect(Collectors.joining("&"));
    if (fresh.wantsNewFace(request)) {
      asked += "&" + FreshFace.ASKED + "=" + fresh.question(request);
    }
    response.setStatus(HttpServletResponse.SC_FOUND);
    // Relative, so that it is right behind a proxy too.
    response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + LOGIN + "?" + asked);
  }
}
