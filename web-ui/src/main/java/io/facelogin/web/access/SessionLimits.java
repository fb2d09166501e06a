package io.facelogin.web.access;

import io.facelogin.web.WebSettings;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * How long a session may last: by its silence, and whatever it does. The server has a timer of its
 * own, which frees the memory of those that nobody asks for any more. Thread-safe.
 */
@Component
public class SessionLimits {

  private static final String ASKED_AT = SessionLimits.class.getName() + ".askedAt";

  private final Duration idle;
  private final Duration atMost;
  private final Clock clock;

  SessionLimits(WebSettings settings, Clock clock) {
    this.idle = settings.access().sessionIdle();
    this.atMost = settings.access().sessionAtMost();
    this.clock = clock;
  }

  /** Whether the session was silent for too long; else notes that it asks now. */
  public boolean wasSilent(HttpSession session) {
    Instant now = clock.instant();
    Instant before = (Instant) session.getAttribute(ASKED_AT);
    boolean silent = before != null && before.plus(idle).isBefore(now);
    if (!silent) {
      session.setAttribute(ASKED_AT, now);
    }
    return silent;
  }

  public boolean isTooOld(Instant openedAt) {
    return openedAt.plus(atMost).isBefore(clock.instant());
  }
}
