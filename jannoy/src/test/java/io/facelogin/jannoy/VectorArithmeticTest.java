package io.facelogin.jannoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VectorArithmeticTest {

  @Property(tries = 300)
  void simdAndPlainLoopGiveTheSameSums(
      @ForAll @IntRange(min = 1, max = 700) int length,
      @ForAll @IntRange(max = 9) int aOffset,
      @ForAll @IntRange(max = 9) int bOffset,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] a = gaussian(random, length + aOffset);
    float[] b = gaussian(random, length + bOffset);
    double dot = 0;
    double squared = 0;
    double products = 0;
    for (int i = 0; i < length; i++) {
      double x = a[aOffset + i];
      double y = b[bOffset + i];
      dot += x * y;
      squared += (x - y) * (x - y);
      products += Math.abs(x * y);
    }
    // Whatever the order of n float additions, rounding costs at most about n units of the last
    // place
    // of the sum of magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, 4.2).
    double rounding = (length + 3) * 0x1p-24;
    for (VectorArithmetic arithmetic :
        new VectorArithmetic[] {VectorArithmetic.sequential(), VectorArithmetic.fastest()}) {
      assertThat((double) arithmetic.dot(a, aOffset, b, bOffset, length))
          .as("%s", arithmetic)
          .isCloseTo(dot, within(rounding * products));
      assertThat((double) arithmetic.squaredDistance(a, aOffset, b, bOffset, length))
          .as("%s", arithmetic)
          .isCloseTo(squared, within(rounding * squared));
    }
  }

  @Test
  void theTestsThemselvesRunWithSimd() {
    assertThat(VectorArithmetic.fastest()).hasToString("SIMD of " + simdBits() + " bits");
  }

  @Test
  void aJvmWithoutTheVectorModuleUsesThePlainLoop() throws Exception {
    assertThat(fastestInAJvmWith()).isEqualTo("sequential");
    assertThat(fastestInAJvmWith("--add-modules", "jdk.incubator.vector")).startsWith("SIMD");
  }

  /** Started by the test in a JVM of its own. */
  static final class PrintFastest {
    public static void main(String[] arguments) {
      float[] one = {1, 2, 3};
      VectorArithmetic fastest = VectorArithmetic.fastest();
      System.out.println(fastest + " " + fastest.dot(one, 0, one, 0, 3));
    }
  }

  private static String fastestInAJvmWith(String... flags)
      throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.util.List.of(flags));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PrintFastest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(output).endsWith(" 14.0");
    return output.substring(0, output.length() - " 14.0".length());
  }

  private static int simdBits() {
    return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  private static float[] gaussian(Random random, int length) {
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
