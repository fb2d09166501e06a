package io.facelogin.web.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that this site signs itself, for a first look over https: browsers warn of it, and
 * whoever compares the fingerprint knows that nobody sits between. It lies in a folder as two PEM
 * files and is renewed a month before it expires. Made by Java's own {@code keytool}.
 */
final class SelfSignedCertificate {

  /** Apple's systems refuse what is valid longer. */
  private static final Duration LIFETIME = Duration.ofDays(397);

  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String ALIAS = "site";
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path folder;

  SelfSignedCertificate(Path folder) {
    this.folder = folder;
  }

  PemFiles files() {
    return new PemFiles(folder.resolve("self-signed.crt"), folder.resolve("self-signed.key"));
  }

  /**
   * Makes it where there is none, or none that lasts.
   *
   * @throws UnusableCertificateException if it cannot be made
   */
  PemFiles ensure(Instant now) {
    PemFiles files = files();
    if (Files.exists(files.certificate()) && Files.exists(files.key())) {
      try {
        files.check(now.plus(RENEWED_BEFORE));
        return files;
      } catch (UnusableCertificateException e) {
        // Made anew below.
      }
    }
    try {
      make(files);
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableCertificateException(
          "No certificate can be made in " + folder + " (" + e + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableCertificateException("Interrupted while a certificate was made");
    }
    files.check(now);
    return files;
  }

  private void make(PemFiles files)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().encodeToString(random);
    Path store = folder.resolve("new.p12");
    Files.deleteIfExists(store);
    try {
      runKeytool(store, password);
      KeyStore made = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        made.load(in, password.toCharArray());
      }
      // The key first: whoever sees the new certificate finds its key.
      write(files.key(), "PRIVATE KEY", made.getKey(ALIAS, password.toCharArray()).getEncoded());
      write(files.certificate(), "CERTIFICATE", made.getCertificate(ALIAS).getEncoded());
    } finally {
      Files.deleteIfExists(store);
    }
  }

  private void runKeytool(Path store, String password) throws IOException, InterruptedException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=face-login",
            // Clocks of browsers may be behind.
            "-startdate",
            "-1H",
            "-validity",
            Long.toString(LIFETIME.toDays()),
            "-ext",
            "san=" + String.join(",", names()),
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass:env",
            "STORE_PASSWORD");
    // Not as an argument, which other users of the machine see.
    keytool.environment().put("STORE_PASSWORD", password);
    keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = keytool.start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keytool does not come to an end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("keytool ended with " + process.exitValue());
    }
  }

  /** Every name and address under which this machine may be reached. */
  private static Set<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    names.add("dns:localhost");
    names.add("ip:127.0.0.1");
    names.add("ip:0:0:0:0:0:0:0:1");
    String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    if (host.matches("[a-z0-9][a-z0-9.-]*")) {
      names.add("dns:" + host);
    }
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLinkLocalAddress())
        .map(address -> "ip:" + address.getHostAddress().replaceFirst("%.*", ""))
        .forEach(names::add);
    return names;
  }

  private static void write(Path file, String kind, byte[] der) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh,
        "-----BEGIN "
            + kind
            + "-----\n"
            + PEM.encodeToString(der)
            + "\n-----END "
            + kind
            + "-----\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
