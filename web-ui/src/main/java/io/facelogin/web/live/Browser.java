package io.facelogin.web.live;

import com.google.protobuf.UnsafeByteOperations;
import io.facelogin.contract.v1.Frame;
import io.facelogin.contract.v1.Purpose;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One connected browser. Its frames travel as those of a camera named after it. */
final class Browser {

  static final String CAMERA_PREFIX = "browser-";

  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final long AWAY_SPACING_NANOS = 5_000_000_000L;

  private final long number = NUMBERS.incrementAndGet();
  private volatile LoginAttempt attempt;
  private final Purpose purpose;
  private final Owner owner;
  private final Outbox outbox;
  private final @Nullable HttpSession httpSession;
  private final @Nullable EnrolConversation enrolment;
  private final AtomicLong lastAwayNanos = new AtomicLong(System.nanoTime() - AWAY_SPACING_NANOS);
  private final long spacingNanos;
  // Touched by the socket's thread only.
  private long nextFrameNanos = Long.MIN_VALUE;

  Browser(
      Purpose purpose,
      LoginAttempt attempt,
      Owner owner,
      Outbox outbox,
      @Nullable HttpSession httpSession,
      @Nullable EnrolConversation enrolment,
      int framesPerSecond) {
    this.attempt = attempt;
    this.purpose = purpose;
    this.owner = owner;
    this.outbox = outbox;
    this.httpSession = httpSession;
    this.enrolment = enrolment;
    this.spacingNanos = 1_000_000_000L / framesPerSecond;
  }

  String sessionId() {
    return attempt.sessionId();
  }

  /** The present try; a page that does not log in has one, of which only the session matters. */
  LoginAttempt attempt() {
    return attempt;
  }

  Purpose purpose() {
    return purpose;
  }

  Owner owner() {
    return owner;
  }

  /** Tells this connection from others as long as the process lives. */
  long number() {
    return number;
  }

  /** Ends the connection. May be called from any thread. */
  void close() {
    outbox.close();
  }

  /** From now on another session: what is still on its way for the old one is nobody's. */
  void renew(LoginAttempt next) {
    attempt = next;
  }

  /** The HTTP session behind the page; null for programs and visitors without one. */
  @Nullable HttpSession httpSession() {
    return httpSession;
  }

  /** Null unless the page is the enrolment's. */
  @Nullable EnrolConversation enrolment() {
    return enrolment;
  }

  void send(BrowserMessage message) {
    outbox.send(message);
  }

  /** Says it every few seconds at most. May be called from any thread. */
  void sayAway(long nowNanos, String message) {
    long last = lastAwayNanos.get();
    if (nowNanos - last > AWAY_SPACING_NANOS && lastAwayNanos.compareAndSet(last, nowNanos)) {
      send(new BrowserMessage.Failure(message));
    }
  }

  /** Whether another frame may be taken; one that comes a little early counts against the next. */
  boolean mayTakeFrame(long nowNanos) {
    if (nextFrameNanos == Long.MIN_VALUE) {
      nextFrameNanos = nowNanos;
    }
    if (nowNanos < nextFrameNanos - spacingNanos) {
      return false;
    }
    nextFrameNanos = Math.max(nowNanos, nextFrameNanos) + spacingNanos;
    return true;
  }

  /** The bytes become the frame's own: nobody may write to them afterwards. */
  Frame frame(byte[] jpeg, int minFacePx, Instant now) {
    return Frame.newBuilder()
        .setRef(attempt.frame(purpose, now))
        .setJpeg(UnsafeByteOperations.unsafeWrap(jpeg))
        .setMinFacePx(minFacePx)
        .build();
  }
}
