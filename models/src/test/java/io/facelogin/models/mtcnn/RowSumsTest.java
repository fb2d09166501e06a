package io.facelogin.models.mtcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facelogin.models.mtcnn.Pixels.Window;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowSumsTest {

  @Property(tries = 200)
  void simdAndPlainLoopGiveTheSameSums(
      @ForAll @IntRange(min = 1, max = 300) int length,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll long seed) {
    Sampling down = new Sampling();
    down.set(0, rows, 1, rows, false);
    Window window = new Window();
    window.offset = 7;
    window.rowBytes = length + 5;
    window.bytes = new byte[window.offset + rows * window.rowBytes];
    new Random(seed).nextBytes(window.bytes);
    float[] plain = new float[length];
    float[] simd = new float[length];
    new PlainRowSums().sum(window, down, 0, length, plain);
    new SimdRowSums().sum(window, down, 0, length, simd);
    for (int i = 0; i < length; i++) {
      // The bytes are 0 to 255, the weights add up to one: a unit of the last place for each row.
      assertThat(simd[i]).isCloseTo(plain[i], within((rows + 3) * 255 * 0x1p-24f * 2));
    }
  }

  @Test
  void theTestsThemselvesRunWithSimd() {
    assertThat(RowSums.fastest()).isInstanceOf(SimdRowSums.class);
  }
}
