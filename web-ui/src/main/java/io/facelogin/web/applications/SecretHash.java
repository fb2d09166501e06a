package io.facelogin.web.applications;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * SHA-256 of an application's secret. The secret is 256 random bits: no slow hash is needed for
 * what nobody can guess.
 */
public final class SecretHash implements PasswordEncoder {

  @Override
  public @Nullable String encode(@Nullable CharSequence secret) {
    return secret == null ? null : HexFormat.of().formatHex(sha256(secret.toString()));
  }

  @Override
  public boolean matches(@Nullable CharSequence secret, @Nullable String stored) {
    String presented = encode(secret);
    return presented != null
        && stored != null
        && MessageDigest.isEqual(
            presented.getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
