package io.facelogin.web.live;

import io.facelogin.contract.v1.Purpose;
import io.facelogin.web.WebSettings;
import io.facelogin.web.access.Caller;
import io.facelogin.web.access.RateLimits;
import io.facelogin.web.access.Refusals;
import io.facelogin.web.access.Role;
import io.facelogin.web.access.Roles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Judges who may open the socket for what, and how many, before the protocol is switched. */
@Component
class BrowserAdmission implements HandshakeInterceptor {

  static final String PURPOSE = "purpose";
  static final String HTTP_SESSION = "http-session";
  static final String OWNER = "owner";

  private static final Duration UNTIL_ONE_IS_CLOSED = Duration.ofSeconds(10);

  private final WebSettings settings;
  private final Browsers browsers;
  private final RateLimits limits;

  BrowserAdmission(WebSettings settings, Browsers browsers, RateLimits limits) {
    this.settings = settings;
    this.browsers = browsers;
    this.limits = limits;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    HttpServletRequest http = ((ServletServerHttpRequest) request).getServletRequest();
    Optional<Purpose> purpose = purpose(http.getParameter("purpose"));
    if (purpose.isEmpty()) {
      response.setStatusCode(HttpStatus.BAD_REQUEST);
      return false;
    }
    Authentication visitor = SecurityContextHolder.getContext().getAuthentication();
    if (!isAllowed(purpose.get(), visitor)) {
      response.setStatusCode(HttpStatus.FORBIDDEN);
      return false;
    }
    String address = Caller.address(http.getRemoteAddr());
    Optional<Duration> wait = mustWait(purpose.get(), address);
    if (wait.isPresent()) {
      tooMany(response, wait.get());
      return false;
    }
    attributes.put(PURPOSE, purpose.get());
    attributes.put(
        OWNER, new Owner(address, Roles.grant(visitor), Roles.has(visitor, Role.OPERATOR)));
    HttpSession session = http.getSession(purpose.get() == Purpose.LOGIN);
    if (session != null) {
      if (purpose.get() == Purpose.LOGIN) {
        // The session may become a person's: its id must be one that nobody has seen before.
        http.changeSessionId();
      }
      attributes.put(HTTP_SESSION, session);
    }
    return true;
  }

  private boolean isAllowed(Purpose purpose, @Nullable Authentication visitor) {
    return switch (purpose) {
      case LOGIN -> true;
      case ENROL -> settings.openEnrolment() || Roles.has(visitor, Role.OPERATOR);
      case WATCH -> Roles.has(visitor, Role.VIEWER);
      case IDENTIFY, PURPOSE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private Optional<Duration> mustWait(Purpose purpose, String address) {
    if (browsers.countOf(address) >= settings.access().socketsPerAddress()) {
      return Optional.of(UNTIL_ONE_IS_CLOSED);
    }
    return purpose == Purpose.LOGIN
        ? limits.take(RateLimits.Kind.LOGIN, address)
        : Optional.empty();
  }

  private static void tooMany(ServerHttpResponse response, Duration wait) throws IOException {
    response.setStatusCode(HttpStatus.TOO_MANY_REQUESTS);
    response.getHeaders().set(HttpHeaders.RETRY_AFTER, Refusals.seconds(wait));
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    response.getBody().write(Refusals.body(HttpStatus.TOO_MANY_REQUESTS, Refusals.words(wait)));
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
