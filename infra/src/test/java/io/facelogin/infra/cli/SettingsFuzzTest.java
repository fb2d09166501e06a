package io.facelogin.infra.cli;

import static io.facelogin.contract.foreign.ForeignBytes.assertBounded;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facelogin.contract.foreign.ForeignBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.provider.MethodSource;

/** A settings file is taken, or the message says what is wrong in it. */
class SettingsFuzzTest {

  private static final long MOST_BYTES = 32 << 20;

  @MethodSource("files")
  @FuzzTest(maxDuration = "2m")
  void settingsAreReadOrRefused(byte[] yaml) throws IOException {
    Path file = Files.createTempFile("fuzzed", ".yaml");
    try {
      Files.write(file, yaml);
      Settings.read(List.of("--config", file.toString()), Map.of(), () -> Set.of("min-face"));
    } catch (MisuseException e) {
      // The documented answer.
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 1000, seed = "1")
  void damagedSettingsToo(@ForAll("damaged") byte[] bytes) {
    assertBounded(MOST_BYTES, () -> settingsAreReadOrRefused(bytes));
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return ForeignBytes.damaged(files().toList());
  }

  static Stream<byte[]> files() {
    return Stream.of("min-face: 40\nvideo: [a, b]\n".getBytes(StandardCharsets.UTF_8));
  }
}
