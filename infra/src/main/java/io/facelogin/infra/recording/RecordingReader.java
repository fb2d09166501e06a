package io.facelogin.infra.recording;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording from its beginning to its end, or to where it was cut off. For one thread. The
 * format is told at {@link RecordingWriter}.
 */
final class RecordingReader implements AutoCloseable {

  /** More than any record may have; a larger length comes from damage. */
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  private final DataInputStream head;
  private final RecordingFacts facts;
  private @Nullable DataInputStream records;
  private long read;
  private boolean truncated;

  /**
   * @throws UnusableRecordingException if the file is missing, no recording, or of a newer version
   */
  RecordingReader(Path file) throws IOException, UnusableRecordingException {
    try {
      head = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    } catch (NoSuchFileException e) {
      throw new UnusableRecordingException("There is no file " + file + ".");
    }
    boolean opened = false;
    try {
      facts = readHead(file);
      opened = true;
    } catch (EOFException | IllegalArgumentException | DateTimeException | NullPointerException e) {
      throw new UnusableRecordingException(
          file + " is no recording of face-login: its head is cut off or damaged.");
    } finally {
      if (!opened) {
        head.close();
      }
    }
    try {
      records = new DataInputStream(new GZIPInputStream(head, 1 << 16));
    } catch (EOFException | ZipException e) {
      truncated = true;
    }
  }

  RecordingFacts facts() {
    return facts;
  }

  /** The next record; null at the end, see {@link #isTruncated}. */
  @Nullable RecordedRecord next() throws IOException {
    DataInputStream in = records;
    if (in == null || truncated) {
      return null;
    }
    try {
      int length = in.readInt();
      if (length == RecordingWriter.END) {
        records = null;
        truncated = in.readLong() != read;
        return null;
      }
      if (length < 0 || length > MAX_BODY_BYTES) {
        truncated = true;
        return null;
      }
      int expected = in.readInt();
      byte[] body = in.readNBytes(length);
      CRC32 sum = new CRC32();
      sum.update(body);
      if (body.length < length || (int) sum.getValue() != expected) {
        truncated = true;
        return null;
      }
      RecordedRecord record = record(body);
      read++;
      return record;
    } catch (EOFException | ZipException e) {
      truncated = true;
      return null;
    }
  }

  /** Whether the recording has no proper end: the recorder was killed or the file is damaged. */
  boolean isTruncated() {
    return truncated;
  }

  @Override
  public void close() throws IOException {
    head.close();
  }

  private RecordingFacts readHead(Path file) throws IOException, UnusableRecordingException {
    byte[] magic = head.readNBytes(RecordingWriter.MAGIC.length());
    if (!new String(magic, StandardCharsets.US_ASCII).equals(RecordingWriter.MAGIC)) {
      throw new UnusableRecordingException(file + " is no recording of face-login.");
    }
    int version = head.readInt();
    if (version != RecordingWriter.VERSION) {
      throw new UnusableRecordingException(
          file
              + " has version "
              + version
              + " of the format; this program reads version "
              + RecordingWriter.VERSION
              + ". Use the program that made it.");
    }
    Properties properties = new Properties();
    properties.load(new StringReader(String.valueOf(text(head))));
    return RecordingFacts.of(properties);
  }

  private static RecordedRecord record(byte[] bytes) throws IOException {
    DataInputStream body = new DataInputStream(new ByteArrayInputStream(bytes));
    String topic = String.valueOf(text(body));
    int partition = body.readInt();
    long timestampMs = body.readLong();
    String key = text(body);
    List<RecordedRecord.Header> headers = new ArrayList<>();
    int count = body.readInt();
    for (int i = 0; i < count; i++) {
      headers.add(new RecordedRecord.Header(String.valueOf(text(body)), bytes(body)));
    }
    return new RecordedRecord(topic, partition, timestampMs, key, headers, bytes(body));
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    byte[] bytes = bytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    if (length > MAX_BODY_BYTES) {
      throw new EOFException("length " + length);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("wanted " + length + " bytes, got " + bytes.length);
    }
    return bytes;
  }
}
