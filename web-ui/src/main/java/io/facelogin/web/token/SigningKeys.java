package io.facelogin.web.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.facelogin.web.WebSettings;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that sign tokens (RSA, 2048 bits, RS256), the same for all web processes of a database.
 * The table is asked each time, so that a key made by another process is known at once; only what
 * was decrypted is remembered. Any number of threads.
 */
@Component
public class SigningKeys implements JWKSource<SecurityContext>, SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final int RSA_BITS = 2048;

  /** Clocks of those who check tokens may be off by this much. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private final SigningKeyRepository keys;
  private final TransactionTemplate transaction;
  private final TokenSettings settings;
  private final Clock clock;
  private final KeyEncryption encryption;
  private final Map<String, RSAKey> decrypted = new ConcurrentHashMap<>();

  SigningKeys(
      SigningKeyRepository keys,
      PlatformTransactionManager transactions,
      WebSettings settings,
      Clock clock) {
    this.keys = keys;
    this.transaction = new TransactionTemplate(transactions);
    this.settings = settings.tokens();
    this.clock = clock;
    this.encryption = KeyEncryption.of(this.settings.keyFile());
  }

  /** Makes the first key, and finds out now rather than at a login whether the keys are usable. */
  @Override
  public void afterSingletonsInstantiated() {
    makeDueKeys();
    signing();
  }

  /**
   * Those of the set that fit; the one that signs is first and the only one with its private part.
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    List<JWK> all = new ArrayList<>();
    for (SigningKeyRepository.Row row : keys.current(clock.instant())) {
      all.add(row.key().signs() ? decrypted(row) : parsed(row.publicJwk()));
    }
    return selector.select(new JWKSet(all));
  }

  /** The one that signs first, then those whose tokens may still be about. */
  public List<SigningKey> list() {
    return keys.current(clock.instant()).stream().map(SigningKeyRepository.Row::key).toList();
  }

  /**
   * From now on a new key signs.
   *
   * @param revoke drop the old ones at once: their tokens are refused from now on
   * @return the new one
   */
  public SigningKey rotate(boolean revoke) {
    transaction.executeWithoutResult(
        status -> {
          keys.lock();
          if (revoke) {
            keys.dropAll();
          }
          makeKey();
        });
    return list().get(0);
  }

  /** Also removes what is due to go. */
  @Scheduled(fixedRate = 10, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
  void tend() {
    try {
      makeDueKeys();
    } catch (DataAccessException e) {
      LOG.warn("Signing keys are not looked after while the database is away");
    }
  }

  private void makeDueKeys() {
    Instant now = clock.instant();
    transaction.executeWithoutResult(
        status -> {
          keys.lock();
          keys.drop(now);
          List<SigningKeyRepository.Row> current = keys.current(now);
          boolean due =
              current.isEmpty()
                  || !current.get(0).key().signs()
                  || current
                      .get(0)
                      .key()
                      .createdAt()
                      .plus(settings.signingKeyLifetime())
                      .isBefore(now);
          if (due) {
            makeKey();
          }
        });
  }

  private void makeKey() {
    Instant now = clock.instant();
    RSAKey key;
    try {
      key =
          new RSAKeyGenerator(RSA_BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java makes RSA keys", e);
    }
    keys.retire(now, now.plus(settings.lifetime()).plus(CLOCK_SKEW));
    keys.insert(
        key.getKeyID(),
        key.toPublicJWK().toJSONString(),
        encryption.encrypt(key.toJSONString().getBytes(StandardCharsets.UTF_8), key.getKeyID()),
        now);
    LOG.info("Tokens are signed with the key {} from now on", key.getKeyID());
  }

  private void signing() {
    decrypted(keys.current(clock.instant()).get(0));
  }

  private RSAKey decrypted(SigningKeyRepository.Row row) {
    String id = row.key().id();
    RSAKey known = decrypted.get(id);
    if (known != null) {
      return known;
    }
    try {
      byte[] json = encryption.decrypt(row.encrypted(), id);
      RSAKey key = parsed(new String(json, StandardCharsets.UTF_8));
      decrypted.put(id, key);
      return key;
    } catch (AEADBadTagException e) {
      throw new UnusableKeyFileException(
          "The signing keys in the database were encrypted by another key file than "
              + settings.keyFile()
              + ". Name the right one with --signing-key-file; every web process on this database"
              + " needs the same.");
    }
  }

  private static RSAKey parsed(String json) {
    try {
      return RSAKey.parse(json);
    } catch (ParseException e) {
      throw new IllegalStateException("A signing key in the database is no JWK", e);
    }
  }
}
