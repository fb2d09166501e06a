package io.facelogin.web.oidc;

import io.facelogin.web.token.PersonLogin;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.stereotype.Component;

/**
 * Whether a log-in is new enough for what an application asks: {@code max_age}, and {@code
 * prompt=login}, which wants a face shown after the question was put. When that was travels through
 * the browser in a parameter that only this process can make, so that nothing is kept for questions
 * that nobody answers.
 */
@Component
class FreshFace {

  /** When the question was put: milliseconds since the epoch, dot, keyed hash. */
  static final String ASKED = "asked";

  private static final String MAX_AGE = "max_age";
  private static final String PROMPT = "prompt";
  private static final Duration QUESTION_LIFETIME = Duration.ofMinutes(10);
  private static final String HASH = "HmacSHA256";

  private final Clock clock;
  private final SecretKeySpec key;

  FreshFace(Clock clock) {
    this.clock = clock;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HASH);
  }

  boolean suffices(PersonLogin login, HttpServletRequest request) {
    if (wantsNewFace(request)) {
      return asked(request).map(asked -> !login.at().isBefore(asked)).orElse(false);
    }
    String[] maxAge = request.getParameterValues(MAX_AGE);
    return maxAge == null || !login.at().isBefore(clock.instant().minusSeconds(seconds(maxAge)));
  }

  /** Whatever was recognised before this question does not answer it. */
  boolean wantsNewFace(HttpServletRequest request) {
    String[] maxAge = request.getParameterValues(MAX_AGE);
    return prompts(request, "login") || (maxAge != null && seconds(maxAge) == 0);
  }

  boolean wantsNoPage(HttpServletRequest request) {
    return prompts(request, "none");
  }

  /** A value of {@link #ASKED} that says now. */
  String question(HttpServletRequest request) {
    String time = Long.toString(clock.millis());
    return time + "." + hash(time, request);
  }

  private Optional<Instant> asked(HttpServletRequest request) {
    String value = request.getParameter(ASKED);
    int dot = value == null ? -1 : value.indexOf('.');
    if (value == null || dot < 1) {
      return Optional.empty();
    }
    String time = value.substring(0, dot);
    boolean ours =
        MessageDigest.isEqual(
            value.substring(dot + 1).getBytes(StandardCharsets.UTF_8),
            hash(time, request).getBytes(StandardCharsets.UTF_8));
    if (!ours) {
      return Optional.empty();
    }
    Instant asked = Instant.ofEpochMilli(Long.parseLong(time));
    return asked.plus(QUESTION_LIFETIME).isBefore(clock.instant())
        ? Optional.empty()
        : Optional.of(asked);
  }

  /** A question of one application is not one of another. */
  private String hash(String time, HttpServletRequest request) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(key);
      String application = request.getParameter(OAuth2ParameterNames.CLIENT_ID);
      mac.update((time + "|" + application).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + HASH, e);
    }
  }

  private static boolean prompts(HttpServletRequest request, String word) {
    String @Nullable [] values = request.getParameterValues(PROMPT);
    return values != null
        && Arrays.stream(values).anyMatch(value -> Arrays.asList(value.split(" ")).contains(word));
  }

  /** What cannot be read is taken for the strictest. */
  private static long seconds(String[] values) {
    try {
      long seconds = values.length == 1 ? Long.parseLong(values[0].strip()) : 0;
      return Math.min(Math.max(seconds, 0), Duration.ofDays(3650).toSeconds());
    } catch (NumberFormatException | DateTimeException e) {
      return 0;
    }
  }
}
