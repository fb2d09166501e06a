package io.facelogin.web;

import io.facelogin.contract.kafka.Retention;
import io.facelogin.models.liveness.LivenessSettings;
import io.facelogin.web.access.AccessSettings;
import io.facelogin.web.tls.TransportSettings;
import io.facelogin.web.token.TokenSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of the web stage.
 *
 * @param address where it listens; the default 127.0.0.1 is reachable from this machine only
 * @param port 0 takes any free one, see {@link WebUi#port()}
 * @param openEnrolment whether anybody who can open the page may enrol; otherwise only operators
 * @param runToken a bearer token that is valid as the administrator's as long as this process
 *     lives; empty for none
 * @param minFacePx smallest face looked for in frames of browsers and in pictures handed in
 * @param verificationThreshold cosine similarity from which two pictures show the same person; the
 *     manifest of the encoder has it, the default is that of mobilefacenet
 * @param browserFramesPerSecond frames taken from one browser; more are dropped
 * @param liveSessions WebSocket connections at the same time
 * @param answerTimeout how long a request waits for the matcher
 * @param consentTextVersion written into each consent, so that it is known which words were shown
 * @param liveness what is asked of a face before it opens anything; the matcher must have the same
 * @param transport TLS, and how the site is reached from outside
 * @param tokens what proves a face login to other applications
 * @param access who may reach the pages, how often and how long
 * @param retention how long what was seen and decided is kept
 * @param options what the operator has set, by the names of the options: a restored site gets it
 */
public record WebSettings(
    String address,
    int port,
    boolean openEnrolment,
    Optional<String> runToken,
    int minFacePx,
    float verificationThreshold,
    int browserFramesPerSecond,
    int liveSessions,
    Duration answerTimeout,
    String consentTextVersion,
    LivenessSettings liveness,
    TransportSettings transport,
    TokenSettings tokens,
    AccessSettings access,
    Retention retention,
    Map<String, String> options) {

  public WebSettings {
    options = Map.copyOf(options);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
    if (minFacePx < 20 || minFacePx > 1_000) {
      throw new IllegalArgumentException("minFacePx must be 20 to 1000, got " + minFacePx);
    }
    if (!(verificationThreshold > -1 && verificationThreshold < 1)) {
      throw new IllegalArgumentException(
          "verificationThreshold must be between -1 and 1, got " + verificationThreshold);
    }
    if (browserFramesPerSecond < 1 || browserFramesPerSecond > 60) {
      throw new IllegalArgumentException(
          "browserFramesPerSecond must be 1 to 60, got " + browserFramesPerSecond);
    }
    if (liveSessions < 1) {
      throw new IllegalArgumentException("liveSessions must be at least 1, got " + liveSessions);
    }
    if (answerTimeout.isNegative() || answerTimeout.isZero()) {
      throw new IllegalArgumentException("answerTimeout must be positive, got " + answerTimeout);
    }
    if (runToken.isPresent() && runToken.get().length() < 32) {
      throw new IllegalArgumentException("runToken must have at least 32 characters");
    }
  }

  public static WebSettings defaults() {
    return new WebSettings(
        "127.0.0.1",
        8080,
        true,
        Optional.empty(),
        60,
        0.451f,
        12,
        200,
        Duration.ofSeconds(10),
        "2026-11",
        LivenessSettings.defaults(),
        TransportSettings.plain(),
        TokenSettings.defaults(),
        AccessSettings.defaults(),
        Retention.defaults(),
        Map.of());
  }

  public WebSettings withAddress(String newAddress) {
    return new WebSettings(
        newAddress,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withPort(int newPort) {
    return new WebSettings(
        address,
        newPort,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withVerificationThreshold(float threshold) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        threshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withMinFacePx(int newMinFacePx) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        newMinFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withLiveness(LivenessSettings newLiveness) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        newLiveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withRunToken(String token) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        Optional.of(token),
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withTransport(TransportSettings newTransport) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        newTransport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withTokens(TokenSettings newTokens) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        newTokens,
        access,
        retention,
        options);
  }

  public WebSettings withAccess(AccessSettings newAccess) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        newAccess,
        retention,
        options);
  }

  public WebSettings withOpenEnrolment(boolean newOpenEnrolment) {
    return new WebSettings(
        address,
        port,
        newOpenEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        options);
  }

  public WebSettings withRetention(Retention newRetention) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        newRetention,
        options);
  }

  public WebSettings withOptions(Map<String, String> newOptions) {
    return new WebSettings(
        address,
        port,
        openEnrolment,
        runToken,
        minFacePx,
        verificationThreshold,
        browserFramesPerSecond,
        liveSessions,
        answerTimeout,
        consentTextVersion,
        liveness,
        transport,
        tokens,
        access,
        retention,
        newOptions);
  }
}
