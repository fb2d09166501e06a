package io.facelogin.contract.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Sealed bytes: 0, version, id of the key (8), nonce (12), cipher text, tag (16). No Protobuf
 * message begins with 0, so that sealed and plain values are told apart.
 */
public final class SealLayout {

  /** How much longer sealed bytes are than plain ones. */
  public static final int OVERHEAD_BYTES = 2 + 8 + 12 + 16;

  static final int KEY_ID_BYTES = 8;
  static final int NONCE_BYTES = 12;
  static final int HEADER_BYTES = 2 + KEY_ID_BYTES + NONCE_BYTES;

  private static final byte VERSION = 1;
  private static final int TAG_BYTES = 16;

  private SealLayout() {}

  /** Whether these bytes say of themselves that they are sealed. */
  public static boolean isSealed(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == 0;
  }

  static byte[] begin(byte[] keyId, byte[] nonce, int plainBytes) {
    byte[] sealed = new byte[HEADER_BYTES + plainBytes + TAG_BYTES];
    sealed[1] = VERSION;
    System.arraycopy(keyId, 0, sealed, 2, KEY_ID_BYTES);
    System.arraycopy(nonce, 0, sealed, 2 + KEY_ID_BYTES, NONCE_BYTES);
    return sealed;
  }

  static void check(String kind, String id, byte[] sealed) {
    if (!isSealed(sealed)) {
      throw new BrokenSealException(kind + " " + id + " is not sealed");
    }
    if (sealed.length < OVERHEAD_BYTES) {
      throw new BrokenSealException(
          kind + " " + id + " is cut off after " + sealed.length + " bytes");
    }
    if (sealed[1] != VERSION) {
      throw new BrokenSealException(
          kind + " " + id + " has seal version " + sealed[1] + ", this code knows " + VERSION);
    }
  }

  static byte[] keyId(byte[] sealed) {
    return Arrays.copyOfRange(sealed, 2, 2 + KEY_ID_BYTES);
  }

  static GCMParameterSpec nonce(byte[] sealed) {
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, 2 + KEY_ID_BYTES, NONCE_BYTES);
  }

  /** What the bytes are sealed for; kinds hold no line feed, so no two places look the same. */
  static byte[] place(String kind, String id) {
    return (kind + "\n" + id).getBytes(StandardCharsets.UTF_8);
  }
}
