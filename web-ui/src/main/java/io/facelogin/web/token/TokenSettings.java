package io.facelogin.web.token;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Every setting of the tokens for other applications.
 *
 * @param lifetime how long a token is valid, from the moment it is issued
 * @param signingKeyLifetime after this a new key signs; the old one stays public until its last
 *     token has run out
 * @param keyFile encrypts the signing keys in the database; made at the first start, and the same
 *     for every web process on one database
 */
public record TokenSettings(Duration lifetime, Duration signingKeyLifetime, Path keyFile) {

  private static final Duration LONGEST = Duration.ofHours(24);

  public TokenSettings {
    if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A token must be valid for 1 minute to 24 hours, got " + lifetime);
    }
    if (signingKeyLifetime.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "A signing key must serve for a day at least, got " + signingKeyLifetime);
    }
  }

  public static TokenSettings defaults() {
    return in(Path.of("data"));
  }

  /**
   * @param dataDirectory whose folder {@code keys} has the key file
   */
  public static TokenSettings in(Path dataDirectory) {
    return new TokenSettings(
        Duration.ofMinutes(10),
        Duration.ofDays(90),
        dataDirectory.resolve("keys").resolve("signing-keys.key"));
  }

  public TokenSettings withKeyFile(Path file) {
    return new TokenSettings(lifetime, signingKeyLifetime, file);
  }
}
