package io.facelogin.contract.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 bytes that all keys of a site hang on. It seals nothing itself: for each kind and each day a
 * key is derived from it (HMAC-SHA256), so that no key ever seals so much that a random nonce might
 * come twice. Any number of threads.
 */
final class MasterKey {

  static final int BYTES = 32;
  static final int ID_BYTES = 4;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] id;
  private final byte[] key;

  private MasterKey(byte[] key) {
    this.key = key;
    id = Arrays.copyOf(mac("face-login master key"), ID_BYTES);
  }

  static MasterKey fresh() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new MasterKey(key);
  }

  /**
   * @throws IllegalArgumentException if it is not Base64 of 32 bytes
   */
  static MasterKey parse(String base64) {
    byte[] key = Base64.getDecoder().decode(base64);
    if (key.length != BYTES) {
      throw new IllegalArgumentException("has " + key.length + " bytes");
    }
    return new MasterKey(key);
  }

  /** The secret, for the file that keeps it and nothing else. */
  String toBase64() {
    return Base64.getEncoder().encodeToString(key);
  }

  /** Tells master keys apart; no secret. */
  String id() {
    return HexFormat.of().formatHex(id);
  }

  /** The key for what is sealed of this kind on this day; its id names both. */
  DataKey derive(String kind, LocalDate day) {
    byte[] keyId =
        ByteBuffer.allocate(SealLayout.KEY_ID_BYTES).put(id).putInt((int) day.toEpochDay()).array();
    return new DataKey(keyId, mac(kind + "\n" + day));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "master key " + id();
  }
}
