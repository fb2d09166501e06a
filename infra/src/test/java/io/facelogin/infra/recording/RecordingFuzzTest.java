package io.facelogin.infra.recording;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import io.facelogin.contract.secret.MasterKeys;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.provider.MethodSource;

/** A recording is read to where it is whole, or is refused. */
class RecordingFuzzTest {

  private static final long MOST_BYTES = 16 << 20;
  private static final MasterKeys MASTERS = MasterKeys.passing();

  @MethodSource("heads")
  @FuzzTest(maxDuration = "2m")
  void aRecordingIsReadOrRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzzed", ".recording");
    try {
      RecordingContents.of(Files.write(file, bytes), MASTERS);
    } catch (UnusableRecordingException e) {
      // The documented answer.
    } finally {
      Files.delete(file);
    }
  }

  /** The bytes are the body of a record whose length and checksum are right. */
  @MethodSource("bodies")
  @FuzzTest(maxDuration = "2m")
  void aRecordWithARightChecksumIsReadOrEndsTheRecording(byte[] body) throws IOException {
    aRecordingIsReadOrRefused(recording(body));
  }

  @Property(tries = 1000, seed = "1")
  void damagedRecordingsToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> aRecordingIsReadOrRefused(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    return ForeignBytes.damaged(heads().toList());
  }

  @Property(tries = 1000, seed = "1")
  void damagedRecordsToo(@ForAll("damagedBodies") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> aRecordWithARightChecksumIsReadOrEndsTheRecording(bytes));
  }

  @Provide
  Arbitrary<byte[]> damagedBodies() throws IOException {
    return ForeignBytes.damaged(bodies().toList());
  }

  static Stream<byte[]> heads() throws IOException {
    return Stream.of(recording(body()), new byte[0]);
  }

  static Stream<byte[]> bodies() throws IOException {
    return Stream.of(body(), new byte[0]);
  }

  private static byte[] body() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    text(out, "frames");
    out.writeInt(3);
    out.writeLong(1);
    text(out, "camera");
    out.writeInt(1);
    text(out, "schema");
    text(out, "1");
    text(out, "value");
    return bytes.toByteArray();
  }

  private static byte[] recording(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream head = new DataOutputStream(bytes);
    head.writeBytes(RecordingWriter.MAGIC);
    head.writeInt(RecordingWriter.VERSION);
    text(
        head,
        """
        recorded-at=2026-01-01T00\\:00\\:00Z
        compared-from=2026-01-01T00\\:00\\:00Z
        topics=frames
        """);
    try (DataOutputStream records = new DataOutputStream(new GZIPOutputStream(bytes))) {
      CRC32 sum = new CRC32();
      sum.update(body);
      records.writeInt(body.length);
      records.writeInt((int) sum.getValue());
      records.write(body);
      records.writeInt(RecordingWriter.END);
      records.writeLong(1);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
