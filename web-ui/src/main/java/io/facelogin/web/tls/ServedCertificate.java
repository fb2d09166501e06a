package io.facelogin.web.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What https is served with, once it is sure that it can be.
 *
 * @param files are watched
 * @param leaf the site's own certificate at this start
 */
public record ServedCertificate(PemFiles files, X509Certificate leaf) {

  /** The name of the certificate among Spring's settings. */
  static final String BUNDLE = "site";

  static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

  /**
   * Makes a certificate of our own if that is wanted.
   *
   * @return empty where pages travel in plain
   * @throws UnusableCertificateException naming the file and what to do
   */
  public static Optional<ServedCertificate> of(TransportSettings transport, Instant now) {
    return transport
        .selfSignedIn()
        .map(folder -> new SelfSignedCertificate(folder).ensure(now))
        .or(transport::certificate)
        .map(files -> new ServedCertificate(files, files.check(now)));
  }

  /** SHA-256, as browsers show it. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** What the server is told; nothing older than TLS 1.2. */
  public Map<String, Object> serverSettings() {
    String bundle = "spring.ssl.bundle.pem." + BUNDLE + ".";
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(bundle + "keystore.certificate", address(files.certificate()));
    settings.put(bundle + "keystore.private-key", address(files.key()));
    settings.put(bundle + "options.enabled-protocols", String.join(",", PROTOCOLS));
    settings.put("server.ssl.bundle", BUNDLE);
    return settings;
  }

  private static String address(Path file) {
    return "file:" + file.toAbsolutePath().normalize();
  }
}
