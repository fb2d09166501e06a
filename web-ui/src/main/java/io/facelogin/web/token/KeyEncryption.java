package io.facelogin.web.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what the database must not show in plain (AES-256 in Galois/Counter mode, a fresh nonce
 * each time). The key lies in a file of its own, readable by this user only. Any number of threads.
 */
final class KeyEncryption {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private KeyEncryption(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Makes the file, with a new key, where there is none.
   *
   * @throws UnusableKeyFileException if it cannot be read or made, or holds no such key
   */
  static KeyEncryption of(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length != KEY_BYTES) {
        throw new UnusableKeyFileException(
            "The key file " + file + " must hold " + KEY_BYTES + " bytes, has " + key.length);
      }
      return new KeyEncryption(key);
    } catch (IOException e) {
      throw new UnusableKeyFileException(
          "The key file " + file + " can be neither read nor made (" + e + ")");
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyFileException(
          "The key file " + file + " must hold " + KEY_BYTES + " bytes in Base64");
    }
  }

  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(folder, permissions("rwx------"));
    }
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    Path fresh = Files.createTempFile(folder, "new", ".key", permissions("rw-------"));
    try {
      Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
      // Unlike a move, a link never replaces the key that another process made meanwhile.
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // That one is as good.
    } finally {
      Files.delete(fresh);
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  /**
   * @param name what the bytes are, so that they are not taken for something else
   * @return nonce, then cipher text with its tag
   */
  byte[] encrypt(byte[] plain, String name) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain);
      return ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  /**
   * @throws AEADBadTagException if another key encrypted it, or it was altered
   */
  byte[] decrypt(byte[] encrypted, String name) throws AEADBadTagException {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(encrypted);
      byte[] nonce = new byte[NONCE_BYTES];
      buffer.get(nonce);
      byte[] rest = new byte[buffer.remaining()];
      buffer.get(rest);
      return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(rest);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
