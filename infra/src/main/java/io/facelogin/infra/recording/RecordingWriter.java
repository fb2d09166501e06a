package io.facelogin.infra.recording;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording, readable by this user only, since it shows faces. For one thread.
 *
 * <p>The format, version 1; numbers are big-endian, text is UTF-8 after its length (4 bytes; -1 =
 * null):
 *
 * <pre>
 * "FACELOGIN-RECORDING\n"      20 bytes
 * version                      4 bytes
 * facts                        text, Java properties: recorded-at, compared-from, topics
 * the rest as one gzip stream:
 *   each record: length of the body (4), CRC-32 of the body (4), body:
 *     topic (text) partition (4) timestamp in ms (8) key (text)
 *     number of headers (4), each: name (text) value (bytes as text)
 *     value (bytes as text)
 *   at the end: -1 (4), number of records (8)
 * </pre>
 *
 * A file without the end was cut off; what stands before is good.
 */
final class RecordingWriter implements AutoCloseable {

  static final String MAGIC = "FACELOGIN-RECORDING\n";
  static final int VERSION = 1;
  static final int END = -1;

  private static final int BUFFER_BYTES = 1 << 16;

  private final DataOutputStream out;
  private long records;

  /**
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   */
  RecordingWriter(Path file, RecordingFacts facts) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    OutputStream raw =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.WRITE), BUFFER_BYTES);
    DataOutputStream head = new DataOutputStream(raw);
    head.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
    head.writeInt(VERSION);
    StringWriter text = new StringWriter();
    facts.toProperties().store(text, null);
    bytes(head, text.toString().getBytes(StandardCharsets.UTF_8));
    head.flush();
    // Flushed now and then, so that a killed recorder leaves all but the last moment.
    out = new DataOutputStream(new GZIPOutputStream(raw, BUFFER_BYTES, true));
  }

  void write(RecordedRecord record) throws IOException {
    byte[] body = body(record);
    CRC32 sum = new CRC32();
    sum.update(body);
    out.writeInt(body.length);
    out.writeInt((int) sum.getValue());
    out.write(body);
    records++;
  }

  void flush() throws IOException {
    out.flush();
  }

  long records() {
    return records;
  }

  @Override
  public void close() throws IOException {
    out.writeInt(END);
    out.writeLong(records);
    out.close();
  }

  private static byte[] body(RecordedRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(bytes);
    text(body, record.topic());
    body.writeInt(record.partition());
    body.writeLong(record.timestampMs());
    text(body, record.key());
    body.writeInt(record.headers().size());
    for (RecordedRecord.Header header : record.headers()) {
      text(body, header.name());
      bytes(body, header.value());
    }
    bytes(body, record.value());
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(-1);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }
}
