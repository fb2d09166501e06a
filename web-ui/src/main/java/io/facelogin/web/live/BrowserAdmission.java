package io.facelogin.web.live;

import io.facelogin.contract.v1.Purpose;
import io.facelogin.web.WebSettings;
import io.facelogin.web.access.Roles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Judges who may open the socket for what, before the protocol is switched. */
@Component
class BrowserAdmission implements HandshakeInterceptor {

  static final String PURPOSE = "purpose";
  static final String HTTP_SESSION = "http-session";
  static final String ADMINISTRATOR = "administrator";

  private final WebSettings settings;

  BrowserAdmission(WebSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes) {
    HttpServletRequest http = ((ServletServerHttpRequest) request).getServletRequest();
    Optional<Purpose> purpose = purpose(http.getParameter("purpose"));
    if (purpose.isEmpty()) {
      response.setStatusCode(HttpStatus.BAD_REQUEST);
      return false;
    }
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    boolean administrator = Roles.isAdministrator(visitor);
    if (!isAllowed(purpose.get(), administrator)) {
      response.setStatusCode(HttpStatus.FORBIDDEN);
      return false;
    }
    attributes.put(PURPOSE, purpose.get());
    attributes.put(ADMINISTRATOR, administrator);
    if (purpose.get() == Purpose.LOGIN) {
      HttpSession session = http.getSession(true);
      // The session may become a person's: its id must be one that nobody has seen before.
      http.changeSessionId();
      attributes.put(HTTP_SESSION, session);
    }
    return true;
  }

  private boolean isAllowed(Purpose purpose, boolean administrator) {
    return switch (purpose) {
      case LOGIN -> true;
      case ENROL -> administrator || settings.openEnrolment();
      case WATCH -> administrator;
      case IDENTIFY, PURPOSE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private static Optional<Purpose> purpose(@Nullable String word) {
    return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
      case "login" -> Optional.of(Purpose.LOGIN);
      case "enrol" -> Optional.of(Purpose.ENROL);
      case "site" -> Optional.of(Purpose.WATCH);
      default -> Optional.empty();
    };
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception failure) {}
}
