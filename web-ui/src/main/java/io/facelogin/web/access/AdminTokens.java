package io.facelogin.web.access;

import io.facelogin.web.WebSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The administrator's tokens. The lasting one is 256 random bits, made when the table is empty, and
 * kept only as its SHA-256: no slow hash is needed for what nobody can guess. A second one may come
 * from the launcher; it lives as long as the process.
 */
@Component
public class AdminTokens {

  private final JdbcClient jdbc;
  private final byte @Nullable [] runTokenSha256;
  private final Optional<String> madeAtThisStart;

  AdminTokens(JdbcClient jdbc, WebSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.runTokenSha256 = settings.runToken().map(AdminTokens::sha256).orElse(null);
    this.madeAtThisStart = makeFirst(clock);
  }

  /** Present only in the run that made the lasting token. */
  public Optional<String> madeAtThisStart() {
    return madeAtThisStart;
  }

  /** Whether this is the lasting token or that of this run. */
  boolean accepts(String token) {
    byte[] presented = sha256(token);
    if (runTokenSha256 != null && MessageDigest.isEqual(runTokenSha256, presented)) {
      return true;
    }
    List<byte[]> stored =
        jdbc.sql("select token_sha256 from admin_token").query(byte[].class).list();
    return stored.stream().anyMatch(hash -> MessageDigest.isEqual(hash, presented));
  }

  private Optional<String> makeFirst(Clock clock) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    // One statement, so that two processes starting together make one token.
    int made =
        jdbc.sql(
                "insert into admin_token (token_sha256, created_at)"
                    + " select :hash, :now where not exists (select 1 from admin_token)")
            .param("hash", sha256(token))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    return made == 1 ? Optional.of(token) : Optional.empty();
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
