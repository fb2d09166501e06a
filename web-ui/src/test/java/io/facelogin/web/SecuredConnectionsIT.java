package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.web.tls.PemFiles;
import io.facelogin.web.tls.ServedCertificate;
import io.facelogin.web.tls.TransportSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages over https, and a database over TLS that wants a password. */
class SecuredConnectionsIT {

  private static final String PASSWORD = "right-password-of-the-test";
  private static final String WRONG = "wrong-password-of-the-test";

  @TempDir static Path folder;

  private static TestSite site;
  private static WebUi web;
  private static PemFiles served;

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("weights of mtcnn are missing");
            });
    served = certificate("served");
    web =
        site.web(
            TestSite.settings().withTransport(TransportSettings.plain().withCertificate(served)));
    web.start();
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    site.close();
  }

  private static PemFiles certificate(String name) {
    TransportSettings own =
        new TransportSettings(
            Optional.empty(), Optional.of(folder.resolve(name)), Optional.empty(), List.of());
    return ServedCertificate.of(own, Instant.now()).orElseThrow().files();
  }

  private static Certificate read(PemFiles files) throws Exception {
    try (InputStream in = Files.newInputStream(files.certificate())) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static SSLContext believing(Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("site", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate shown(Certificate believed) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            believing(believed)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), web.url().getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static boolean isShown(Certificate certificate) throws Exception {
    try {
      return shown(certificate).equals(certificate);
    } catch (SSLException e) {
      return false;
    }
  }

  @Test
  void pagesComeOverTlsWithCookiesThatNeverTravelInPlain() throws Exception {
    assertThat(web.url().getScheme()).isEqualTo("https");
    HttpClient client = HttpClient.newBuilder().sslContext(believing(read(served))).build();
    URI admin = web.url().resolve("/admin?token=" + TestSite.RUN_TOKEN);

    HttpResponse<Void> answer =
        client.send(HttpRequest.newBuilder(admin).build(), BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().allValues("set-cookie"))
        .isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
    HttpResponse<String> provider =
        client.send(
            HttpRequest.newBuilder(web.url().resolve("/.well-known/openid-configuration")).build(),
            BodyHandlers.ofString());
    assertThat(provider.body()).contains("\"issuer\":\"" + web.url() + "\"");
  }

  @Test
  void plainRequestOnTheSamePortIsToldWhatIsWrong() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.url().getPort())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      // Line by line: the server keeps the connection open for a while.
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (!answer.toString().contains("TLS")) {
        answer.append(lines.readLine()).append('\n');
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 400").contains("requires TLS");
    }
  }

  @Test
  void renewedCertificateIsServedWithoutARestartAndABrokenOneIsNot() throws Exception {
    Certificate before = read(served);
    assertThat(isShown(before)).isTrue();
    PemFiles renewed = certificate("renewed");

    // Half of a renewal: nothing changes.
    replace(renewed.certificate(), served.certificate());
    Awaitility.await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(30))
        .until(() -> isShown(before));
    replace(renewed.key(), served.key());
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> isShown(read(renewed)));
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void databaseIsReachedOverTlsAndItsPasswordIsShownNowhere() throws Exception {
    PemFiles database = certificate("database");
    PemFiles another = certificate("another");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", database.certificate().toString())
            .setServerConfig("ssl_key_file", database.key().toString())
            .start()) {
      String plain = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
      try (Connection connection = DriverManager.getConnection(plain, "postgres", "");
          Statement statement = connection.createStatement()) {
        statement.execute("create role secured login superuser password '" + PASSWORD + "'");
        var settings = statement.executeQuery("show hba_file");
        settings.next();
        Path rules = Path.of(settings.getString(1));
        Files.writeString(
            rules,
            "hostssl all secured all scram-sha-256\nhostnossl all secured all reject\n"
                + Files.readString(rules));
        statement.execute("select pg_reload_conf()");
      }
      String secured = plain + "?sslmode=verify-full&sslrootcert=" + database.certificate();
      WebUi reached = webOn(new DatabaseConnection(secured, "secured", PASSWORD));
      try {
        reached.start();
        Awaitility.await().until(() -> reached.health().isReady());
      } finally {
        reached.close();
      }
      assertThatThrownBy(webOn(new DatabaseConnection(secured, "secured", WRONG))::start)
          .isInstanceOf(WebUnavailableException.class)
          .hasMessageContaining("password authentication failed")
          .hasMessageNotContainingAny(WRONG, PASSWORD);
      String stranger = plain + "?sslmode=verify-full&sslrootcert=" + another.certificate();
      assertThatThrownBy(webOn(new DatabaseConnection(stranger, "secured", PASSWORD))::start)
          .isInstanceOf(WebUnavailableException.class)
          .hasMessageNotContainingAny(PASSWORD);
      assertThatThrownBy(
              () -> new DatabaseConnection(plain + "?password=" + PASSWORD, "secured", ""))
          .hasMessageContaining("--database-password-file")
          .hasMessageNotContainingAny(PASSWORD);
    }
  }

  private static WebUi webOn(DatabaseConnection database) {
    return site.web(TestSite.settings(), database);
  }
}
