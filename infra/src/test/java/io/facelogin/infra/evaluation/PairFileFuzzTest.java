package io.facelogin.infra.evaluation;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of pairs is read, or the message names the line. */
class PairFileFuzzTest {

  private static final long MOST_BYTES = 16 << 20;

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

  @Property(tries = 1000, seed = "1")
  void damagedPairsToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> pairsAreReadOrTheirFileIsUnusable(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return ForeignBytes.damaged(files().toList());
  }

  static Stream<byte[]> files() {
    return Stream.of(
        "image1,image2,same,fold,group\na.jpg,b.jpg,1,0,dark\na.jpg,c.jpg,0,1,\n"
            .getBytes(StandardCharsets.UTF_8));
  }
}
