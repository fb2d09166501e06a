package io.facelogin.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.weights.UnusableWeightsException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators against what ONNX says they do, computed here number by number. */
class OnnxGraphIT {

  @ParameterizedTest(
      name = "{0} to {1} channels in {2} groups, {3}x{3}, stride {4}, pad {5}, dilation {6}")
  @CsvSource({
    "3, 4, 1, 3, 1, 1, 1",
    "3, 4, 1, 3, 2, 1, 1",
    "4, 4, 4, 3, 2, 1, 1",
    "4, 8, 4, 3, 1, 1, 1",
    "4, 6, 2, 3, 2, 0, 1",
    "2, 2, 1, 3, 1, 2, 2",
    "4, 4, 4, 5, 1, 2, 1"
  })
  void convolutionIsThatOfOnnx(
      int in, int out, int groups, int kernel, int stride, int pad, int dilation) throws Exception {
    int side = 7;
    float[] x = random(in * side * side, 1);
    float[] w = random(out * (in / groups) * kernel * kernel, 2);
    float[] bias = random(out, 3);
    byte[] file =
        new OnnxBuilder(in, side, side)
            .floats("w", new long[] {out, in / groups, kernel, kernel}, w)
            .floats("b", new long[] {out}, bias)
            .node(
                "Conv",
                List.of("x", "w", "b"),
                "y",
                "group",
                (long) groups,
                "pads",
                new long[] {pad, pad, pad, pad},
                "strides",
                new long[] {stride, stride},
                "dilations",
                new long[] {dilation, dilation})
            .file();

    int rows = (side + 2 * pad - dilation * (kernel - 1) - 1) / stride + 1;
    float[] expected = new float[out * rows * rows];
    for (int o = 0; o < out; o++) {
      int firstIn = o / (out / groups) * (in / groups);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < rows; c++) {
          double sum = bias[o];
          for (int i = 0; i < in / groups; i++) {
            for (int ky = 0; ky < kernel; ky++) {
              for (int kx = 0; kx < kernel; kx++) {
                int y = r * stride - pad + ky * dilation;
                int xx = c * stride - pad + kx * dilation;
                if (y >= 0 && y < side && xx >= 0 && xx < side) {
                  sum +=
                      (double) x[((firstIn + i) * side + y) * side + xx]
                          * w[((o * (in / groups) + i) * kernel + ky) * kernel + kx];
                }
              }
            }
          }
          expected[(o * rows + r) * rows + c] = (float) sum;
        }
      }
    }
    assertClose(run(file, in, side, side, x), expected);
  }

  @Test
  void flattenKeepsTheOrderOfOnnx() throws Exception {
    byte[] file = new OnnxBuilder(2, 2, 3).node("Flatten", List.of("x"), "y").file();
    float[] x = random(12, 1);

    assertClose(run(file, 2, 2, 3, x), x);
  }

  @Test
  void slopesAndConstantsAreStretchedAlongTheChannels() throws Exception {
    byte[] file =
        new OnnxBuilder(2, 1, 2)
            .floats("slope", new long[] {2, 1, 1}, 0.5f, 3)
            .floats("shift", new long[] {2, 1, 1}, 10, 20)
            .node("PRelu", List.of("x", "slope"), "p")
            .node("Add", List.of("p", "shift"), "a")
            .node("Sum", List.of("a", "x", "x"), "y")
            .file();

    assertClose(run(file, 2, 1, 2, -2, 4, -2, 4), 5, 22, 10, 32);
  }

  @Test
  void batchNormalisationUsesItsOwnEpsilon() throws Exception {
    byte[] file =
        new OnnxBuilder(2, 1, 1)
            .floats("scale", new long[] {2}, 2, 3)
            .floats("bias", new long[] {2}, 1, -1)
            .floats("mean", new long[] {2}, 1, 0)
            .floats("var", new long[] {2}, 3, 0)
            .node(
                "BatchNormalization",
                List.of("x", "scale", "bias", "mean", "var"),
                "y",
                "epsilon",
                1f)
            .file();

    assertClose(run(file, 2, 1, 1, 3, 5), 2 * 2 / 2f + 1, 3 * 5 - 1);
  }

  @Test
  void maximumIgnoresThePadding() throws Exception {
    byte[] file =
        new OnnxBuilder(1, 2, 2)
            .node(
                "MaxPool",
                List.of("x"),
                "y",
                "kernel_shape",
                new long[] {3, 3},
                "pads",
                new long[] {1, 1, 1, 1},
                "strides",
                new long[] {2, 2})
            .file();

    assertClose(run(file, 1, 2, 2, -4, -3, -2, -9), -2);
  }

  @Test
  void channelsAreWeighedByWhatTheyHoldAsInSqueezeAndExcite() throws Exception {
    byte[] file =
        new OnnxBuilder(2, 1, 2)
            .floats("w", new long[] {2, 2, 1, 1}, 0, 1, 1, 0)
            .node("GlobalAveragePool", List.of("x"), "mean")
            .node("Conv", List.of("mean", "w"), "swapped")
            .node("Mul", List.of("x", "swapped"), "y")
            .file();

    assertClose(run(file, 2, 1, 2, 1, 3, 10, 30), 20, 60, 20, 60);
  }

  /** As ShuffleNet does it. */
  @Test
  void channelsAreShuffledThroughFiveAxes() throws Exception {
    byte[] file =
        new OnnxBuilder(4, 1, 1)
            .numbers("five", 1, 2, 2, 1, 1)
            .numbers("four", 1, -1, 1, 1)
            .node("Reshape", List.of("x", "five"), "a")
            .node("Transpose", List.of("a"), "b", "perm", new long[] {0, 2, 1, 3, 4})
            .node("Reshape", List.of("b", "four"), "y")
            .file();

    assertClose(run(file, 4, 1, 1, 1, 2, 3, 4), 1, 3, 2, 4);
  }

  /** What PyTorch writes for x.view(x.size(0), -1) and F.normalize. */
  @Test
  void shapesWorkedOutFromTheBatchAreFollowed() throws Exception {
    byte[] file =
        new OnnxBuilder(2, 1, 1)
            .number("zero", 0)
            .numbers("axis", 0)
            .numbers("rest", -1)
            .floats("least", new long[] {}, 1e-12f)
            .node("Shape", List.of("x"), "sides")
            .node("Gather", List.of("sides", "zero"), "batch")
            .node("Unsqueeze", List.of("batch", "axis"), "first")
            .node("Concat", List.of("first", "rest"), "shape", "axis", 0L)
            .node("Reshape", List.of("x", "shape"), "flat")
            .node("ReduceL2", List.of("flat"), "norm", "axes", new long[] {1}, "keepdims", 1L)
            .node("Clip", List.of("norm", "least"), "clipped")
            .node("Shape", List.of("flat"), "flatSides")
            .node("Expand", List.of("clipped", "flatSides"), "wide")
            .node("Div", List.of("flat", "wide"), "y")
            .file();

    assertClose(run(file, 2, 1, 1, 3, 4), 0.6f, 0.8f);
  }

  @Test
  void denseLayerWeighsAndShifts() throws Exception {
    byte[] file =
        new OnnxBuilder(2, 1, 1)
            .floats("w", new long[] {3, 2}, 1, 0, 0, 1, 1, 1)
            .floats("b", new long[] {3}, 0, 0, 100)
            .node("Flatten", List.of("x"), "flat")
            .node("Gemm", List.of("flat", "w", "b"), "y", "transB", 1L, "alpha", 2f)
            .file();

    assertClose(run(file, 2, 1, 1, 3, 4), 6, 8, 114);
  }

  @Test
  void partsOfTheChannelsAreCutAndJoined() throws Exception {
    byte[] file =
        new OnnxBuilder(4, 1, 1)
            .numbers("from", 1)
            .numbers("to", 3)
            .numbers("axis", 1)
            .node("Slice", List.of("x", "from", "to", "axis"), "middle")
            .node("Split", List.of("middle"), List.of("a", "b"), "axis", 1L)
            .node("Concat", List.of("b", "a", "x"), "y", "axis", 1L)
            .file();

    assertClose(run(file, 4, 1, 1, 1, 2, 3, 4), 3, 2, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "Relu, 0, 2",
    "Sigmoid, 0.26894143, 0.88079703",
    "HardSigmoid, 0.3, 0.9",
    "HardSwish, -0.33333334, 1.6666666",
    "LeakyRelu, -0.01, 2",
    "Elu, -0.63212055, 2",
    "Tanh, -0.7615942, 0.9640276",
    "Neg, 1, -2",
    "Abs, 1, 2",
    "Softplus, 0.31326166, 2.126928"
  })
  void activationOfMinusOneAndTwo(String operator, float ofMinusOne, float ofTwo) throws Exception {
    byte[] file = new OnnxBuilder(2, 1, 1).node(operator, List.of("x"), "y").file();

    assertClose(run(file, 2, 1, 1, -1, 2), ofMinusOne, ofTwo);
  }

  @Test
  void unknownOperatorsAreNamedAllAtOnce() {
    byte[] file =
        new OnnxBuilder(1, 1, 1)
            .node("GridSample", List.of("x"), "a")
            .node("Relu", List.of("a"), "b")
            .node("Loop", List.of("b"), "y")
            .file();

    assertThatThrownBy(() -> OnnxGraph.open("net.onnx", file))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("net.onnx uses operators that are not imported: GridSample, Loop.")
        .hasMessageContaining("Known are Abs, Add");
  }

  @Test
  void knownOperatorUsedInAnUnknownWayIsNamed() {
    byte[] file =
        new OnnxBuilder(1, 4, 4)
            .node("MaxPool", List.of("x"), "y", "kernel_shape", new long[] {2, 2}, "ceil_mode", 1L)
            .file();

    assertThatThrownBy(() -> OnnxGraph.open("net.onnx", file))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("the MaxPool")
        .hasMessageContaining("ceil_mode");
  }

  @Test
  void damagedFileGivesANetworkOrAMessage() {
    byte[] whole =
        new OnnxBuilder(2, 4, 4)
            .floats("w", new long[] {2, 2, 1, 1}, 0, 1, 1, 0)
            .numbers("shape", 1, -1)
            .node("Conv", List.of("x", "w"), "c", "pads", new long[] {1, 1, 1, 1})
            .node("MaxPool", List.of("c"), "m", "kernel_shape", new long[] {2, 2})
            .node("Reshape", List.of("m", "shape"), "y")
            .file();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] damaged =
          i % 10 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        OnnxGraph.open("damaged.onnx", damaged).session().close();
      } catch (UnusableWeightsException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  /**
   * @param x a picture in ONNX's order, channel by channel
   */
  private static float[] run(byte[] file, int channels, int height, int width, float... x)
      throws UnusableWeightsException {
    float[] channelsLast = new float[x.length];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < height * width; i++) {
        channelsLast[i * channels + c] = x[c * height * width + i];
      }
    }
    OnnxGraph graph = OnnxGraph.open("made.onnx", file);
    try (var session = graph.session()) {
      return session.run(channelsLast, 1, height, width, channels);
    }
  }

  private static float[] random(int length, int seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static void assertClose(float[] values, float... expected) {
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).as("number %d", i).isCloseTo(expected[i], Offset.offset(1e-5f));
    }
  }
}
