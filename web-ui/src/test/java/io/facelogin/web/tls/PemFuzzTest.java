package io.facelogin.web.tls;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import io.facelogin.contract.foreign.ForeignBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.util.FileSystemUtils;

/** Certificates and keys are served, or the message names the file and what to do. */
class PemFuzzTest {

  private static final long MOST_BYTES = 32 << 20;

  private static Path folder = Path.of("");
  private static PemFiles whole = new PemFiles(folder, folder);

  @BeforeContainer
  static void make() throws IOException {
    folder = Files.createTempDirectory("pem");
    whole = new SelfSignedCertificate(folder).ensure(Instant.now());
  }

  @AfterContainer
  static void clear() throws IOException {
    FileSystemUtils.deleteRecursively(folder);
  }

  @Property(tries = 500, seed = "1")
  void aDamagedCertificateIsRefusedOrStillWhole(@ForAll("certificates") byte[] bytes) {
    assertBounded(
        MOST_BYTES,
        () -> check(new PemFiles(Files.write(folder.resolve("a.pem"), bytes), whole.key())));
  }

  @Property(tries = 500, seed = "1")
  void aDamagedKeyIsRefusedOrStillWhole(@ForAll("keys") byte[] bytes) {
    assertBounded(
        MOST_BYTES,
        () -> check(new PemFiles(whole.certificate(), Files.write(folder.resolve("b"), bytes))));
  }

  private static void check(PemFiles files) {
    try {
      files.check(Instant.now());
    } catch (UnusableCertificateException e) {
      // The documented answer.
    }
  }

  @Provide
  Arbitrary<byte[]> certificates() throws IOException {
    return ForeignBytes.damaged(List.of(Files.readAllBytes(whole.certificate())));
  }

  @Provide
  Arbitrary<byte[]> keys() throws IOException {
    return ForeignBytes.damaged(List.of(Files.readAllBytes(whole.key())));
  }
}
