package io.facelogin.matcher.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.facelogin.contract.TemplateId;
import io.facelogin.matcher.TestFaces;
import io.facelogin.matcher.TestKeys;
import io.facelogin.matcher.gallery.GalleryChange;
import io.facelogin.matcher.gallery.Reference;
import io.facelogin.matcher.gallery.TestGallery;
import io.facelogin.matcher.index.IndexSettings.Mode;
import io.facelogin.matcher.lmdb.LmdbGalleryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of their work: killed, or on a disk that is full. */
class KilledProcessTest {

  private static final int ROUNDS = 3;
  private static final long MAP_BYTES = 1 << 20;
  private static final int LIMIT_KIB = 3_000;
  private static final IndexSettings ANNOY =
      new IndexSettings(Mode.ANNOY, Duration.ZERO, 0.998, 5, 0.01, 0);

  @TempDir Path folder;

  @Test
  void aGalleryWhoseWriterIsKilledHoldsWholeTransactionsAndAllThatWereReported() throws Exception {
    Random random = new Random(1);
    long reported = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Process writer = start("", Writer.class);
      reported = lastLine(writer, reported + 20 + random.nextInt(60));
      writer.destroyForcibly().waitFor();
      reported = checkWhole(reported);
    }
  }

  @Test
  void aGalleryOnAFullDiskKeepsWhatItHadAndGoesOnWhenThereIsRoom() throws Exception {
    Process writer = start("ulimit -f " + LIMIT_KIB + "; ", Writer.class);
    long reported = lastLine(writer, Long.MAX_VALUE);
    assertThat(writer.waitFor()).as("the writer fails").isNotZero();
    assertThat(reported).isPositive();
    checkWhole(reported);
    Process again = start("", Writer.class);
    assertThat(lastLine(again, reported + 50)).isGreaterThan(reported);
    again.destroyForcibly().waitFor();
  }

  @Test
  void anIndexWhoseBuilderIsKilledOrFindsTheDiskFullStillAnswersExactly() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Process builder =
          start(round % 2 == 1 ? "ulimit -f " + LIMIT_KIB / 8 + "; " : "", Builder.class);
      lastLine(builder, 2 + 5 * round);
      builder.destroyForcibly().waitFor();
      try (LiveIndex index = new LiveIndex(TestFaces.DIMENSION, ANNOY, folder)) {
        index.fill(sink -> templates().forEach(each -> add(sink, each)));
        assertThat(index.templates()).isEqualTo(Builder.TEMPLATES);
        for (int i = 0; i < Builder.TEMPLATES; i += 37) {
          assertThat(index.nearest(TestFaces.person(i), 1).get(0).person().value())
              .isEqualTo("p" + i);
        }
      }
    }
  }

  private long checkWhole(long reported) throws IOException {
    try (LmdbGalleryStore store = open(folder)) {
      long offset = store.nextOffsets().getOrDefault(0, 0L);
      assertThat(offset).isGreaterThanOrEqualTo(reported);
      List<TemplateId> found = new ArrayList<>();
      store.forEach(reference -> found.add(reference.template()));
      assertThat(found).as("templates and offset are of one transaction").hasSize((int) offset);
      return offset;
    }
  }

  private static LmdbGalleryStore open(Path folder) throws IOException {
    return LmdbGalleryStore.open(
        folder,
        "gallery 1",
        MAP_BYTES,
        TestKeys.in(folder.resolveSibling(folder.getFileName() + ".key")),
        Clock.systemUTC());
  }

  /** Started by the test: one template after the other, each reported when it is safe. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      try (LmdbGalleryStore store = open(Path.of(arguments[0]))) {
        for (long next = store.nextOffsets().getOrDefault(0, 0L); ; next++) {
          store.apply(
              List.of(new GalleryChange.Enrolled(reference((int) next))), Map.of(0, next + 1));
          System.out.println(next + 1);
        }
      }
    }
  }

  /** Started by the test: builds the index again and again, reporting each time. */
  static final class Builder {
    static final int TEMPLATES = 600;

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      try (LiveIndex index =
          new LiveIndex(
              TestFaces.DIMENSION,
              ANNOY,
              new IndexBuild(TestFaces.DIMENSION, ANNOY, folder, 5, Duration.ZERO),
              (people, templates) -> 0.4,
              new ScanTime(Duration.ZERO),
              new SearchDepth(0.9))) {
        index.fill(sink -> templates().forEach(each -> add(sink, each)));
        for (int i = 0; ; i++) {
          Reference again = reference(i % TEMPLATES);
          index.enrol(again.template(), again.person(), again.vector());
          System.out.println(i + 1);
          index.awaitBuild();
        }
      }
    }
  }

  private static List<Reference> templates() {
    List<Reference> all = new ArrayList<>();
    for (int i = 0; i < Builder.TEMPLATES; i++) {
      all.add(reference(i));
    }
    return all;
  }

  private static void add(TemplateIndex.Sink sink, Reference each) {
    sink.add(each.template(), each.person(), each.vector());
  }

  private static Reference reference(int number) {
    return TestGallery.reference(
        "t" + number, "p" + number, TestFaces.MODEL, TestFaces.person(number));
  }

  private Process start(String before, Class<?> main) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        before
            + "exec '"
            + java
            + "' -XX:+UseSerialGC --add-opens java.base/java.nio=ALL-UNNAMED"
            + " --add-exports java.base/sun.nio.ch=ALL-UNNAMED "
            + "'"
            + main.getName()
            + "' '"
            + folder
            + "'";
    ProcessBuilder process = new ProcessBuilder("bash", "-c", command);
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return process.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Reads what the process reports until it is there, or the process ends. */
  private static long lastLine(Process process, long wanted) throws IOException {
    long last = 0;
    BufferedReader output = process.inputReader();
    for (String line; last < wanted && (line = output.readLine()) != null; ) {
      if (line.matches("\\d+")) {
        last = Long.parseLong(line);
      }
    }
    return last;
  }
}
