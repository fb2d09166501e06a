package io.facelogin.infra.recording;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where recordings of a site were written, so that those with somebody who is erased can be
 * deleted: a recording cannot be opened in part.
 */
public final class KnownRecordings {

  private final Path list;

  private KnownRecordings(Path list) {
    this.list = list;
  }

  public static KnownRecordings of(Path data) {
    return new KnownRecordings(data.resolve("recordings.txt"));
  }

  /** Before anything is in it. */
  public void add(Path recording) throws IOException {
    Files.writeString(
        list,
        recording.toAbsolutePath().normalize() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Those that are still where they were written. */
  List<Path> present() throws IOException {
    if (!Files.exists(list)) {
      return List.of();
    }
    Set<Path> present = new LinkedHashSet<>();
    for (String line : Files.readAllLines(list)) {
      if (!line.isBlank() && Files.exists(Path.of(line))) {
        present.add(Path.of(line));
      }
    }
    return List.copyOf(present);
  }

  /** Every recording whose gallery has the person. */
  public List<Path> with(PersonId person) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path recording : present()) {
      if (has(recording, person)) {
        found.add(recording);
      }
    }
    return found;
  }

  /** Deletes every recording whose gallery has the person, and returns them. */
  public List<Path> deleteThoseWith(PersonId person) throws IOException {
    List<Path> found = with(person);
    for (Path recording : found) {
      Files.deleteIfExists(recording);
    }
    return found;
  }

  private static boolean has(Path recording, PersonId person) throws IOException {
    try (RecordingReader reader = new RecordingReader(recording)) {
      for (RecordedRecord record = reader.next(); record != null; record = reader.next()) {
        if ((record.topic().equals(Topics.PERSON_KEYS.name())
                || record.topic().equals(Topics.GALLERY.name()))
            && String.valueOf(record.key()).startsWith(person.value())) {
          return true;
        }
      }
      return false;
    } catch (UnusableRecordingException e) {
      return false; // Something else lies there now.
    }
  }
}
