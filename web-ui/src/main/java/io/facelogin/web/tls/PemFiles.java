package io.facelogin.web.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate with those that signed it, and its key.
 *
 * @param certificate PEM: the site's certificate first
 * @param key PEM, not encrypted
 */
public record PemFiles(Path certificate, Path key) {

  /**
   * The site's own certificate, once it is sure that it can be served.
   *
   * @throws UnusableCertificateException naming the file and what to do
   */
  public X509Certificate check(Instant now) {
    X509Certificate leaf = certificates().get(0);
    if (leaf.getNotAfter().toInstant().isBefore(now)) {
      throw new UnusableCertificateException(
          "The certificate "
              + certificate
              + " has expired on "
              + leaf.getNotAfter().toInstant()
              + ". Renew it, and start again.");
    }
    if (leaf.getNotBefore().toInstant().isAfter(now)) {
      throw new UnusableCertificateException(
          "The certificate "
              + certificate
              + " is not valid before "
              + leaf.getNotBefore().toInstant()
              + ". Is the clock of this machine right?");
    }
    if (!belongTogether(leaf.getPublicKey(), privateKey())) {
      throw new UnusableCertificateException(
          "The key "
              + key
              + " is not that of the certificate "
              + certificate
              + ". Name the key that the certificate was asked for with; the site's certificate"
              + " must be the first in its file.");
    }
    return leaf;
  }

  private List<X509Certificate> certificates() {
    List<X509Certificate> found;
    try {
      found = PemContent.of(read(certificate)).getCertificates();
    } catch (IllegalStateException | IllegalArgumentException e) {
      found = List.of();
    }
    if (found == null || found.isEmpty()) {
      throw new UnusableCertificateException(
          "The file "
              + certificate
              + " holds no certificate. It must be PEM (-----BEGIN CERTIFICATE-----).");
    }
    return found;
  }

  private PrivateKey privateKey() {
    String text = read(key);
    if (text.contains("ENCRYPTED")) {
      throw new UnusableCertificateException(
          "The key "
              + key
              + " is encrypted, and nobody is there to type its password. Decrypt it (openssl pkey"
              + " -in KEY -out PLAIN) and let only this user read the result.");
    }
    PrivateKey found;
    try {
      found = PemContent.of(text).getPrivateKey();
    } catch (IllegalStateException | IllegalArgumentException e) {
      found = null;
    }
    if (found == null) {
      throw new UnusableCertificateException(
          "The file "
              + key
              + " holds no private key. It must be PEM (-----BEGIN PRIVATE KEY-----).");
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UnusableCertificateException(
          "The file "
              + file
              + " cannot be read ("
              + e
              + "). Is the name right, and may this user?");
    }
  }

  /** What the one signs, the other confirms. */
  private static boolean belongTogether(PublicKey open, PrivateKey secret) {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "RSASSA-PSS" -> "RSASSA-PSS";
          default -> secret.getAlgorithm(); // EdDSA
        };
    try {
      byte[] probe = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
