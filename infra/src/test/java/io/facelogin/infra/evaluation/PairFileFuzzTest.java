package io.facelogin.infra.evaluation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of pairs is read, or the message names the line. */
class PairFileFuzzTest {

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void pairsAreReadOrTheirFileIsUnusable(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzzed", ".csv");
    try {
      PairFile.read(Files.write(file, bytes));
    } catch (UnusablePairFileException e) {
      // The documented answer.
    } finally {
      Files.delete(file);
    }
  }

  static Stream<byte[]> files() {
    return Stream.of(
        "image1,image2,same,fold,group\na.jpg,b.jpg,1,0,dark\na.jpg,c.jpg,0,1,\n"
            .getBytes(StandardCharsets.UTF_8));
  }
}
