package io.facelogin.infra.cli;

import io.facelogin.web.tls.PemFiles;
import io.facelogin.web.tls.TransportSettings;
import io.facelogin.web.token.TokenSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How browsers and other applications reach the pages, and what is vouched for to them. */
final class TransportOptions {

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "serve https with this certificate, PEM, the site's own first; read again when it"
              + " changes")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "the key of --tls-cert, PEM, not encrypted")
  private @Nullable Path key;

  @Option(
      names = "--tls-self-signed",
      description =
          "serve https with a certificate made here; browsers warn of it, so compare the"
              + " fingerprint")
  private boolean selfSigned;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "where the site is reached from outside, for links and as issuer of tokens"
              + " (default: where it listens)")
  private @Nullable URI publicUrl;

  @Option(
      names = "--trusted-proxy",
      split = Settings.LIST_SEPARATOR,
      paramLabel = "ADDRESS",
      description =
          "IP address of a proxy whose X-Forwarded headers are believed; repeatable (default:"
              + " nobody)")
  private List<String> trustedProxies = List.of();

  @Option(
      names = "--token-minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long a token for another application is valid (default: ${DEFAULT-VALUE})")
  private int tokenMinutes;

  @Option(
      names = "--signing-key-days",
      paramLabel = "N",
      defaultValue = "90",
      description = "after this a new key signs tokens (default: ${DEFAULT-VALUE})")
  private int signingKeyDays;

  @Option(
      names = "--signing-key-file",
      paramLabel = "FILE",
      description =
          "encrypts the signing keys in the database, made if it is not there, the same for every"
              + " web process (default: keys/signing-keys.key in the data folder)")
  private @Nullable Path signingKeyFile;

  /**
   * @param data where a certificate of our own is kept
   */
  TransportSettings transport(Path data) {
    if ((certificate == null) != (key == null)) {
      throw new MisuseException("--tls-cert and --tls-key belong together: name both");
    }
    Optional<PemFiles> files =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new PemFiles(certificate, key));
    try {
      return new TransportSettings(
          files,
          selfSigned ? Optional.of(data.resolve("tls")) : Optional.empty(),
          Optional.ofNullable(publicUrl),
          trustedProxies);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  TokenSettings tokens(Path data) {
    TokenSettings defaults = TokenSettings.in(data);
    try {
      return new TokenSettings(
          Duration.ofMinutes(tokenMinutes),
          Duration.ofDays(signingKeyDays),
          signingKeyFile == null ? defaults.keyFile() : signingKeyFile);
    } catch (IllegalArgumentException e) {
      throw new MisuseException(e);
    }
  }

  /**
   * What somebody should know who serves pages at this address.
   *
   * @param host that is listened on
   */
  Optional<String> warning(String host, TransportSettings transport) {
    if (transport.isSecureOutside() || isLoopback(host)) {
      return Optional.empty();
    }
    return Optional.of(
        "Warning: the pages are served at "
            + host
            + " without TLS. Whoever is between sees everything, and browsers give their webcam to"
            + " https and localhost only. Use --tls-cert and --tls-key, --tls-self-signed, or a"
            + " proxy with --public-url https://...");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // the server will say what is wrong with it
    }
  }
}
