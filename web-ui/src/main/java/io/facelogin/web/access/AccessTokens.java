package io.facelogin.web.access;

import io.facelogin.web.WebSettings;
import io.facelogin.web.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tokens by which programs and administrators come. Each is 256 random bits, shown once and
 * kept only as its SHA-256: no slow hash is needed for what nobody can guess. The first is made
 * when there is none and given as the administrator's link. One more may come from the launcher; it
 * lives as long as the process.
 */
@Component
public class AccessTokens {

  /** By this beginning, scanners for leaked secrets recognise a token. */
  static final String PREFIX = "facelogin_";

  private static final String LINK = "Administrator's link";

  private final AccessTokenRepository tokens;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final byte @Nullable [] runTokenSha256;
  private final Optional<String> madeAtThisStart;

  AccessTokens(
      AccessTokenRepository tokens,
      AuditTrail audit,
      TransactionTemplate transaction,
      ApplicationEventPublisher events,
      WebSettings settings,
      Clock clock) {
    this.tokens = tokens;
    this.audit = audit;
    this.transaction = transaction;
    this.events = events;
    this.clock = clock;
    this.runTokenSha256 = settings.runToken().map(AccessTokens::sha256).orElse(null);
    this.madeAtThisStart = makeFirst();
  }

  /** A token was revoked: what was opened with it must be closed. */
  public record Revoked(String tokenId) {}

  /** A token as it is shown this once. */
  record Made(AccessToken token, String secret) {}

  /** Present only in the run that made the first token. */
  public Optional<String> madeAtThisStart() {
    return madeAtThisStart;
  }

  /** What this token allows now; empty if there is none such, or no longer. */
  Optional<TokenGrant> grant(String token) {
    byte[] presented = sha256(token);
    Instant now = clock.instant();
    if (runTokenSha256 != null && MessageDigest.isEqual(runTokenSha256, presented)) {
      return Optional.of(new TokenGrant(TokenGrant.THIS_RUN, Role.ADMIN, now));
    }
    Optional<AccessToken> found = tokens.valid(presented, now);
    found.ifPresent(known -> tokens.markUsed(known.id(), now));
    return found.map(known -> new TokenGrant(known.id().toString(), known.role(), now));
  }

  /** Whether what was opened with the token may go on. */
  public boolean isValid(TokenGrant grant) {
    return grant.tokenId().equals(TokenGrant.THIS_RUN)
        || tokens.isValid(UUID.fromString(grant.tokenId()), clock.instant());
  }

  /**
   * @param expiresAt null for never
   */
  Made make(String name, Role role, @Nullable Instant expiresAt) {
    String secret = random();
    return transaction.execute(
        status -> {
          AccessToken token =
              tokens.insert(
                  name,
                  role,
                  sha256(secret),
                  false,
                  AuditTrail.actorOfThisThread(),
                  clock.instant(),
                  expiresAt);
          Map<String, Object> details = new TreeMap<>();
          details.put("role", role.name());
          details.put("expiresAt", expiresAt == null ? "never" : expiresAt.toString());
          audit.write("token-made", token.id().toString(), details);
          return new Made(token, secret);
        });
  }

  /** Valid ones first, then the newest. */
  List<AccessToken> all() {
    return tokens.all(clock.instant());
  }

  /**
   * @return false if there is no such token, or it was revoked before
   */
  boolean revoke(UUID id) {
    boolean revoked =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  boolean done = tokens.revoke(id, clock.instant());
                  if (done) {
                    audit.write("token-revoked", id.toString());
                  }
                  return done;
                }));
    if (revoked) {
      events.publishEvent(new Revoked(id.toString()));
    }
    return revoked;
  }

  /** A new administrator's link instead of all earlier ones, for whoever lost it. */
  Made renewAdministratorLink() {
    String secret = random();
    List<UUID> before = tokens.lasting();
    Made made =
        transaction.execute(
            status -> {
              before.forEach(id -> tokens.revoke(id, clock.instant()));
              AccessToken token =
                  tokens.insert(
                      LINK,
                      Role.ADMIN,
                      sha256(secret),
                      true,
                      AuditTrail.actorOfThisThread(),
                      clock.instant(),
                      null);
              audit.write("administrator-link-renewed", token.id().toString());
              return new Made(token, secret);
            });
    before.forEach(id -> events.publishEvent(new Revoked(id.toString())));
    return made;
  }

  private Optional<String> makeFirst() {
    String secret = random();
    return tokens.insertFirst(LINK, sha256(secret), AuditTrail.SYSTEM, clock.instant())
        ? Optional.of(secret)
        : Optional.empty();
  }

  private static String random() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
