package io.facelogin.web.tls;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How browsers and programs reach the site.
 *
 * @param certificate PEM files to serve https with; read again when they change
 * @param selfSignedIn folder of a certificate of our own, made where there is none; not together
 *     with {@code certificate}
 * @param publicUrl where the site is reached from outside, for links and as issuer of tokens; the
 *     address that is listened on if empty
 * @param trustedProxies addresses of proxies whose word is taken for who sent a request and over
 *     what ({@code X-Forwarded-*}); from anybody else such headers are ignored
 */
public record TransportSettings(
    Optional<PemFiles> certificate,
    Optional<Path> selfSignedIn,
    Optional<URI> publicUrl,
    List<String> trustedProxies) {

  public TransportSettings {
    trustedProxies = List.copyOf(trustedProxies);
    if (certificate.isPresent() && selfSignedIn.isPresent()) {
      throw new IllegalArgumentException(
          "A certificate of your own and a self-signed one exclude each other");
    }
    publicUrl.ifPresent(TransportSettings::check);
  }

  /** Without TLS, reached where it listens. */
  public static TransportSettings plain() {
    return new TransportSettings(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  private static void check(URI url) {
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    boolean bare =
        url.getRawPath() == null || url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    if (!web
        || !bare
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The public address must be like https://faces.example.org, without a path, got " + url);
    }
  }

  /** Whether this process itself speaks https. */
  public boolean isTls() {
    return certificate.isPresent() || selfSignedIn.isPresent();
  }

  /** Whether browsers see https, spoken by this process or by a proxy before it. */
  public boolean isSecureOutside() {
    return publicUrl.map(url -> "https".equals(url.getScheme())).orElse(isTls());
  }

  /** What the server is told of the way to it. */
  public Map<String, Object> serverSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.servlet.session.cookie.secure", isSecureOutside());
    // Said even where it is the default: on some platforms it is not.
    settings.put("server.forward-headers-strategy", trustedProxies.isEmpty() ? "none" : "native");
    if (!trustedProxies.isEmpty()) {
      settings.put(
          "server.tomcat.remoteip.internal-proxies",
          trustedProxies.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }
    return settings;
  }

  public TransportSettings withCertificate(PemFiles files) {
    return new TransportSettings(Optional.of(files), Optional.empty(), publicUrl, trustedProxies);
  }
}
