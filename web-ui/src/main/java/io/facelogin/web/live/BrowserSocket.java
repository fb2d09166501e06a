package io.facelogin.web.live;

import io.facelogin.contract.kafka.Topics;
import io.facelogin.contract.v1.Purpose;
import io.facelogin.web.WebSettings;
import io.facelogin.web.access.RateLimits;
import io.facelogin.web.access.Refusals;
import io.facelogin.web.cameras.CameraBoard;
import io.facelogin.web.enrolment.Enrolments;
import io.facelogin.web.kafka.Outgoing;
import io.facelogin.web.observe.Surroundings;
import io.facelogin.web.observe.WebMetrics;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser's connection: frames in, to the topic; what comes back, {@link LiveRelay} sends. The
 * frames of a browser look on the topic like those of a camera, with the purpose in them.
 */
@Component
class BrowserSocket extends AbstractWebSocketHandler {

  static final int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

  static final int MAX_TEXT_BYTES = 16 * 1024;

  private static final String BROWSER = "browser";
  private static final long SEND_TIMEOUT_MS = 5_000;

  private final WebSettings settings;
  private final Challenges challenges;
  private final Browsers browsers;
  private final LiveThreads threads;
  private final Enrolments enrolments;
  private final CameraBoard cameras;
  private final Outgoing outgoing;
  private final Surroundings surroundings;
  private final WebMetrics metrics;
  private final RateLimits limits;
  private final JsonMapper json;
  private final Clock clock;

  BrowserSocket(
      WebSettings settings,
      Challenges challenges,
      Browsers browsers,
      LiveThreads threads,
      Enrolments enrolments,
      CameraBoard cameras,
      Outgoing outgoing,
      Surroundings surroundings,
      WebMetrics metrics,
      RateLimits limits,
      JsonMapper json,
      Clock clock) {
    this.settings = settings;
    this.challenges = challenges;
    this.browsers = browsers;
    this.threads = threads;
    this.enrolments = enrolments;
    this.cameras = cameras;
    this.outgoing = outgoing;
    this.surroundings = surroundings;
    this.metrics = metrics;
    this.limits = limits;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws IOException {
    if (browsers.count() >= settings.liveSessions()) {
      session.close(CloseStatus.SERVICE_OVERLOAD);
      return;
    }
    if (session instanceof NativeWebSocketSession wrapped
        && wrapped.getNativeSession() instanceof jakarta.websocket.Session tomcat) {
      // Else a browser that does not read keeps a thread for 20 s.
      tomcat
          .getUserProperties()
          .put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", SEND_TIMEOUT_MS);
    }
    Map<String, Object> attributes = session.getAttributes();
    Purpose purpose = (Purpose) attributes.get(BrowserAdmission.PURPOSE);
    Owner owner = (Owner) attributes.get(BrowserAdmission.OWNER);
    if (purpose == null || owner == null) {
      session.close(CloseStatus.POLICY_VIOLATION);
      return;
    }
    HttpSession http = (HttpSession) attributes.get(BrowserAdmission.HTTP_SESSION);
    Outbox outbox = new Outbox(session, json, threads.pool(), metrics);
    Browser browser =
        new Browser(
            purpose,
            attempt(),
            owner,
            outbox,
            http,
            purpose == Purpose.ENROL
                ? new EnrolConversation(
                    settings.liveness(),
                    enrolments,
                    outbox,
                    inTheNameOf(session.getPrincipal()),
                    owner.operator())
                : null,
            settings.browserFramesPerSecond());
    if (http != null) {
      SessionTie.bind(http, browser);
    }
    attributes.put(BROWSER, browser);
    outbox.send(
        new BrowserMessage.Session(
            browser.sessionId(),
            purpose == Purpose.WATCH ? "site" : purpose.name().toLowerCase(java.util.Locale.ROOT),
            Topics.MAX_JPEG_BYTES,
            settings.minFacePx()));
    if (purpose == Purpose.WATCH) {
      cameras.all().forEach(state -> outbox.send(LiveRelay.message(state)));
    }
    browsers.add(browser);
  }

  /** The audit names who enrolled somebody; threads of the pool know nobody by themselves. */
  private Executor inTheNameOf(@Nullable Principal principal) {
    return principal instanceof Authentication visitor
        ? new DelegatingSecurityContextExecutor(threads.pool(), new SecurityContextImpl(visitor))
        : threads.pool();
  }

  @Override
  protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
    Browser browser = browser(session);
    if (browser == null || !mayShowFrames(browser)) {
      return;
    }
    metrics.frameReceived();
    ByteBuffer payload = message.getPayload();
    byte[] jpeg = new byte[payload.remaining()];
    payload.get(jpeg);
    if (!JpegCheck.isAcceptable(jpeg)) {
      metrics.frameDropped("BAD_FRAME");
      browser.send(
          new BrowserMessage.Failure(
              "A frame must be a JPEG of at most " + Topics.MAX_JPEG_BYTES + " bytes."));
      return;
    }
    if (!browser.mayTakeFrame(System.nanoTime())) {
      metrics.frameDropped("TOO_FAST");
      return;
    }
    if (!surroundings.brokerAnswers()) {
      brokerAway(browser);
      return;
    }
    outgoing.publishFrame(
        browser.frame(jpeg, settings.minFacePx(), clock.instant()), () -> brokerAway(browser));
  }

  private LoginAttempt attempt() {
    return new LoginAttempt(settings.liveness(), challenges, clock.instant());
  }

  private void brokerAway(Browser browser) {
    metrics.frameDropped("BROKER_AWAY");
    browser.sayAway(
        System.nanoTime(),
        "The service behind this page is away for a moment. It goes on by itself.");
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    Browser browser = browser(session);
    if (browser == null) {
      return;
    }
    EnrolConversation enrolment = browser.enrolment();
    JsonNode said;
    try {
      said = json.readTree(message.getPayload());
    } catch (JacksonException e) {
      browser.send(new BrowserMessage.Failure("A text message must be JSON."));
      return;
    }
    String type = said.path("type").asString("");
    if (enrolment == null) {
      if (type.equals("retry") && mayTry(browser, RateLimits.Kind.LOGIN)) {
        // A new try is a new camera to the matcher, which would not decide twice on one track.
        browsers.remove(browser);
        browser.renew(attempt());
        browsers.add(browser);
      }
      return;
    }
    switch (type) {
      case "person" -> {
        if (mayTry(browser, RateLimits.Kind.ENROLMENT)) {
          enrolment.introduce(
              said.path("name").asString(""),
              said.path("mail").asString(""),
              said.path("consent").asBoolean(false));
        }
      }
      case "finish" -> enrolment.finish();
      case "retry" -> {
        if (mayTry(browser, RateLimits.Kind.ENROLMENT)) {
          enrolment.retry();
        }
      }
      default ->
          browser.send(new BrowserMessage.Failure("Known messages are person, finish and retry."));
    }
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    Browser browser = browser(session);
    if (browser != null) {
      browsers.remove(browser);
      HttpSession http = browser.httpSession();
      if (http != null) {
        SessionTie.release(http, browser);
      }
    }
  }

  private boolean mayTry(Browser browser, RateLimits.Kind kind) {
    if (kind == RateLimits.Kind.ENROLMENT && browser.owner().operator()) {
      return true;
    }
    Optional<Duration> wait = limits.take(kind, browser.owner().address());
    wait.ifPresent(time -> browser.send(new BrowserMessage.Failure(Refusals.words(time))));
    return wait.isEmpty();
  }

  private static boolean mayShowFrames(Browser browser) {
    EnrolConversation enrolment = browser.enrolment();
    return browser.purpose() == Purpose.LOGIN || (enrolment != null && enrolment.isCollecting());
  }

  private static @Nullable Browser browser(WebSocketSession session) {
    return (Browser) session.getAttributes().get(BROWSER);
  }
}
