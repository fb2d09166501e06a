package io.facelogin.infra.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFormatTest {

  private static final RecordingFacts FACTS =
      new RecordingFacts(
          Instant.parse("2026-11-24T10:00:00Z"),
          Instant.parse("2026-11-24T10:00:10Z"),
          List.of("decisions", "frames"));

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsReadAgainByteForByte() throws Exception {
    Path file = folder.resolve("all.recording");
    List<RecordedRecord> written = write(file, 20);

    try (RecordingReader reader = new RecordingReader(file)) {
      assertThat(reader.facts()).isEqualTo(FACTS);
      assertThat(readAll(reader)).usingRecursiveComparison().isEqualTo(written);
      assertThat(reader.isTruncated()).isFalse();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileCutOffAnywhereGivesWhatStandsBeforeAndSaysSo() throws Exception {
    Path file = folder.resolve("all.recording");
    List<RecordedRecord> written = write(file, 20);
    byte[] bytes = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.recording");

    // The very last bytes are the end mark and what gzip adds.
    for (int length = bytes.length - 40; length > 200; length -= 997) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      try (RecordingReader reader = new RecordingReader(cut)) {
        List<RecordedRecord> read = readAll(reader);
        assertThat(read).usingRecursiveComparison().isEqualTo(written.subList(0, read.size()));
        assertThat(reader.isTruncated()).isTrue();
      }
    }
  }

  @Test
  void aFileThatIsNoRecordingOrOfANewerVersionIsRefused() throws Exception {
    Path other = Files.writeString(folder.resolve("other.txt"), "Not a recording, only words.");
    assertThatThrownBy(() -> new RecordingReader(other))
        .isInstanceOf(UnusableRecordingException.class)
        .hasMessageEndingWith("is no recording of face-login.");
    assertThatThrownBy(() -> new RecordingReader(folder.resolve("missing")))
        .isInstanceOf(UnusableRecordingException.class)
        .hasMessageContaining("There is no file");

    Path file = folder.resolve("all.recording");
    write(file, 1);
    byte[] bytes = Files.readAllBytes(file);
    bytes[RecordingWriter.MAGIC.length() + 3] = 2;
    Files.write(other, bytes);
    assertThatThrownBy(() -> new RecordingReader(other))
        .isInstanceOf(UnusableRecordingException.class)
        .hasMessageContaining("has version 2");
  }

  @Test
  void anExistingFileIsNeverWrittenOver() throws Exception {
    Path file = folder.resolve("all.recording");
    write(file, 1);
    assertThatThrownBy(() -> new RecordingWriter(file, FACTS))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  private static List<RecordedRecord> write(Path file, int count) throws Exception {
    Random random = new Random(5);
    List<RecordedRecord> records = new ArrayList<>();
    try (RecordingWriter writer = new RecordingWriter(file, FACTS)) {
      for (int i = 0; i < count; i++) {
        byte[] value = new byte[2_000];
        random.nextBytes(value);
        RecordedRecord record =
            new RecordedRecord(
                i % 2 == 0 ? "frames" : "gallery",
                i % 16,
                1_000_000L + i,
                i == 3 ? null : "camera-ü-" + i,
                List.of(
                    new RecordedRecord.Header("trace", "t".getBytes(StandardCharsets.UTF_8)),
                    new RecordedRecord.Header("empty", null)),
                i == 5 ? null : value);
        records.add(record);
        writer.write(record);
        writer.flush();
      }
    }
    return records;
  }

  private static List<RecordedRecord> readAll(RecordingReader reader) throws Exception {
    List<RecordedRecord> records = new ArrayList<>();
    for (RecordedRecord record = reader.next(); record != null; record = reader.next()) {
      records.add(record);
    }
    return records;
  }
}
