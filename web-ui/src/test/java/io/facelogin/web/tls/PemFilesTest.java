package io.facelogin.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

class PemFilesTest {

  @TempDir static Path folder;

  private static SelfSignedCertificate one;
  private static PemFiles files;

  @BeforeAll
  static void make() {
    one = new SelfSignedCertificate(folder.resolve("one"));
    files = one.ensure(Instant.now());
  }

  private static void refused(PemFiles broken, String... words) {
    assertThatThrownBy(() -> broken.check(Instant.now()))
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void certificateOfOurOwnNamesThisMachineAndIsKept() throws Exception {
    var leaf = files.check(Instant.now());

    assertThat(leaf.getSubjectAlternativeNames())
        .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("localhost"))
        .anySatisfy(name -> assertThat(name.get(1)).isEqualTo("127.0.0.1"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
        .isEqualTo("rw-------");
    assertThat(one.ensure(Instant.now()).check(Instant.now())).isEqualTo(leaf);
    assertThat(folder.resolve("one/new.p12")).doesNotExist();
  }

  @Test
  void certificateOfOurOwnIsRenewedAMonthBeforeItExpires() {
    SelfSignedCertificate old = new SelfSignedCertificate(folder.resolve("old"));
    var first = old.ensure(Instant.now()).check(Instant.now());
    Instant almost = first.getNotAfter().toInstant().minus(Duration.ofDays(29));

    assertThat(old.ensure(almost.minus(Duration.ofDays(2))).check(Instant.now())).isEqualTo(first);
    assertThat(old.ensure(almost).check(Instant.now())).isNotEqualTo(first);
  }

  @Test
  void filesThatCannotBeServedAreNamedWithWhatToDo() throws Exception {
    PemFiles other = new SelfSignedCertificate(folder.resolve("other")).ensure(Instant.now());
    Path encrypted =
        Files.writeString(
            folder.resolve("encrypted.key"),
            Files.readString(files.key()).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    Path nothing = folder.resolve("nothing.pem");

    refused(new PemFiles(files.certificate(), other.key()), other.key().toString(), "is not that");
    refused(new PemFiles(files.certificate(), encrypted), "encrypted.key", "openssl pkey");
    refused(new PemFiles(nothing, files.key()), "nothing.pem", "cannot be read");
    refused(new PemFiles(files.certificate(), nothing), "nothing.pem", "cannot be read");
    refused(new PemFiles(files.key(), files.key()), "no certificate");
    refused(new PemFiles(files.certificate(), files.certificate()), "no private key");
    assertThatThrownBy(() -> files.check(Instant.now().plus(Duration.ofDays(400))))
        .hasMessageContaining("has expired");
    assertThatThrownBy(() -> files.check(Instant.now().minus(Duration.ofDays(2))))
        .hasMessageContaining("is not valid before");
  }

  @Test
  void browserIsHeldToHttpsWhereItCanReachNothingElse() {
    MockHttpServletRequest outside = new MockHttpServletRequest();
    outside.setServerName("faces.example.org");
    MockHttpServletRequest here = new MockHttpServletRequest();
    TransportSettings own = TransportSettings.plain().withCertificate(files);
    TransportSettings selfSigned =
        new TransportSettings(Optional.empty(), Optional.of(folder), Optional.empty(), List.of());

    assertThat(new StrictTransport(own).matches(outside)).isTrue();
    assertThat(new StrictTransport(own).matches(here)).isFalse();
    assertThat(new StrictTransport(selfSigned).matches(outside)).isFalse();
    assertThat(new StrictTransport(TransportSettings.plain()).matches(outside)).isFalse();
  }

  @Test
  void headersOfProxiesAreBelievedOnlyWhereNamed() {
    TransportSettings proxied =
        new TransportSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.of(URI.create("https://faces.example.org")),
            List.of("10.0.0.7"));

    assertThat(TransportSettings.plain().serverSettings())
        .containsEntry("server.forward-headers-strategy", "none")
        .containsEntry("server.servlet.session.cookie.secure", false);
    assertThat(proxied.serverSettings())
        .containsEntry("server.forward-headers-strategy", "native")
        .containsEntry("server.tomcat.remoteip.internal-proxies", "\\Q10.0.0.7\\E")
        .containsEntry("server.servlet.session.cookie.secure", true);
    assertThatThrownBy(
            () ->
                new TransportSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(URI.create("https://faces.example.org/login")),
                    List.of()))
        .hasMessageContaining("without a path");
  }
}
