package io.facelogin.matcher.index;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.TemplateId;
import io.facelogin.contract.foreign.ForeignBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies beside an index is read, or the index is built anew. */
class SavedIndexFuzzTest {

  private static final long MOST_BYTES = 16 << 20;

  private static final String MADE_BY = "test";

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void aListOfTemplatesIsReadOrDamaged(byte[] bytes) throws IOException {
    Path index = Files.createTempFile("fuzzed", ".annoy");
    Path list = Files.write(SavedIndex.beside(index), bytes);
    try {
      SavedIndex.read(index, MADE_BY);
    } catch (IOException e) {
      // The documented answer.
    } finally {
      Files.delete(list);
      Files.delete(index);
    }
  }

  @Property(tries = 1000, seed = "1")
  void damagedListsToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> aListOfTemplatesIsReadOrDamaged(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    return ForeignBytes.damaged(files().toList());
  }

  static Stream<byte[]> files() throws IOException {
    Path index = Files.createTempFile("whole", ".annoy");
    new SavedIndex(MADE_BY, 100, 0.99, List.of(new TemplateId("a"), new TemplateId("b")))
        .write(index);
    try {
      return Stream.of(Files.readAllBytes(SavedIndex.beside(index)));
    } finally {
      Files.delete(SavedIndex.beside(index));
      Files.delete(index);
    }
  }
}
