package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest.WeightFile;
import io.facelogin.models.weights.UnusableWeightsException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Holds weight files against size and sha256 of their manifest. */
final class Checksum {

  private Checksum() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /**
   * @param shown the file as the message names it
   * @param remedy what to do, as the message says it
   */
  static void require(String shown, byte[] bytes, WeightFile expected, String remedy)
      throws UnusableWeightsException {
    require(shown, bytes.length, hex(sha256().digest(bytes)), expected, remedy);
  }

  static void require(
      String shown, long foundBytes, String foundSha256, WeightFile expected, String remedy)
      throws UnusableWeightsException {
    if (foundBytes != expected.sizeBytes() || !foundSha256.equals(expected.sha256())) {
      throw new UnusableWeightsException(
          ("%s is not the file that its manifest names: expected %d bytes with sha256 %s, found %d"
                  + " bytes with sha256 %s. %s")
              .formatted(
                  shown, expected.sizeBytes(), expected.sha256(), foundBytes, foundSha256, remedy));
    }
  }
}
