package io.facelogin.contract.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with AES-256 in Galois/Counter mode: the key of one person, one topic or one archive.
 * What is sealed opens only under the kind and id that it was sealed for, so that nothing can be
 * put in another's place. Any number of threads.
 */
public final class DataKey {

  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Making a cipher costs as much as sealing a template. */
  private static final ThreadLocal<Cipher> CIPHER =
      ThreadLocal.withInitial(
          () -> {
            try {
              return Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException("Every Java has AES-GCM", e);
            }
          });

  private final byte[] id;
  private final SecretKeySpec key;

  /**
   * @param id tells which key sealed; no secret
   */
  DataKey(byte[] id, byte[] key) {
    this.id = id.clone();
    this.key = new SecretKeySpec(key, "AES");
  }

  /** A new key at random. */
  public static DataKey fresh() {
    byte[] id = new byte[SealLayout.KEY_ID_BYTES];
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(key);
    return new DataKey(id, key);
  }

  /**
   * Takes a key out of its wrapping.
   *
   * @throws BrokenSealException if none of the master keys wrapped it for this kind and id
   */
  public static DataKey unwrap(MasterKeys masters, String kind, String id, byte[] wrapped) {
    byte[] content = masters.open(kind, id, wrapped);
    if (content.length != SealLayout.KEY_ID_BYTES + KEY_BYTES) {
      throw new BrokenSealException("What is wrapped for " + kind + " " + id + " is no key");
    }
    return new DataKey(
        Arrays.copyOf(content, SealLayout.KEY_ID_BYTES),
        Arrays.copyOfRange(content, SealLayout.KEY_ID_BYTES, content.length));
  }

  /** This key, sealed by the current master key. */
  public byte[] wrap(MasterKeys masters, String kind, String id) {
    byte[] content = Arrays.copyOf(this.id, SealLayout.KEY_ID_BYTES + KEY_BYTES);
    System.arraycopy(key.getEncoded(), 0, content, SealLayout.KEY_ID_BYTES, KEY_BYTES);
    return masters.seal(kind, id, content);
  }

  /**
   * @param kind what the bytes are, for instance {@code template}
   * @param id whose or which
   * @return {@link SealLayout#OVERHEAD_BYTES} longer than what was handed in
   */
  public byte[] seal(String kind, String id, byte[] plain) {
    byte[] nonce = new byte[SealLayout.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed = SealLayout.begin(this.id, nonce, plain.length);
    try {
      cipher(Cipher.ENCRYPT_MODE, sealed, kind, id)
          .doFinal(plain, 0, plain.length, sealed, SealLayout.HEADER_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  /**
   * @throws BrokenSealException if this key did not seal it for this kind and id, or it was altered
   */
  public byte[] open(String kind, String id, byte[] sealed) {
    SealLayout.check(kind, id, sealed);
    if (!Arrays.equals(this.id, SealLayout.keyId(sealed))) {
      throw new BrokenSealException(
          "%s %s was sealed by key %s, not by %s"
              .formatted(kind, id, HexFormat.of().formatHex(SealLayout.keyId(sealed)), id()));
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, sealed, kind, id)
          .doFinal(sealed, SealLayout.HEADER_BYTES, sealed.length - SealLayout.HEADER_BYTES);
    } catch (AEADBadTagException e) {
      throw new BrokenSealException(
          "%s %s was altered, cut off or put in the place of another".formatted(kind, id));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] sealed, String kind, String id)
      throws GeneralSecurityException {
    Cipher cipher = CIPHER.get();
    cipher.init(mode, key, SealLayout.nonce(sealed));
    cipher.updateAAD(sealed, 0, SealLayout.HEADER_BYTES);
    cipher.updateAAD(SealLayout.place(kind, id));
    return cipher;
  }

  /** Tells keys apart; no secret. */
  public String id() {
    return HexFormat.of().formatHex(id);
  }

  /** The id alone. */
  @Override
  public String toString() {
    return "key " + id();
  }
}
