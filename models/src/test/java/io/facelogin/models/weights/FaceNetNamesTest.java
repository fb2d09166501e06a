package io.facelogin.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facelogin.models.SharedData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import tools.jackson.databind.JsonNode;

class FaceNetNamesTest {

  /** Layers of the frozen graph, by facenet-pytorch's names for them. */
  private static Map<String, String> layers() {
    Map<String, String> layers = new LinkedHashMap<>();
    for (String stem : List.of("1a_3x3", "2a_3x3", "2b_3x3", "3b_1x1", "4a_3x3", "4b_3x3")) {
      layers.put("conv2d_" + stem.substring(0, 2), "Conv2d_" + stem);
    }
    for (int i = 0; i < 5; i++) {
      block(layers, "repeat_1." + i, "Repeat/block35_" + (i + 1), "", "1x1,3x3", "1x1,3x3,3x3");
    }
    for (int i = 0; i < 10; i++) {
      block(layers, "repeat_2." + i, "Repeat_1/block17_" + (i + 1), "", "1x1,1x7,7x1");
    }
    for (int i = 0; i < 5; i++) {
      block(layers, "repeat_3." + i, "Repeat_2/block8_" + (i + 1), "", "1x1,1x3,3x1");
    }
    block(layers, "block8", "Block8", "", "1x1,1x3,3x1");
    layers.put("mixed_6a.branch0", "Mixed_6a/Branch_0/Conv2d_1a_3x3");
    layers.put("mixed_6a.branch1.0", "Mixed_6a/Branch_1/Conv2d_0a_1x1");
    layers.put("mixed_6a.branch1.1", "Mixed_6a/Branch_1/Conv2d_0b_3x3");
    layers.put("mixed_6a.branch1.2", "Mixed_6a/Branch_1/Conv2d_1a_3x3");
    layers.put("mixed_7a.branch0.0", "Mixed_7a/Branch_0/Conv2d_0a_1x1");
    layers.put("mixed_7a.branch0.1", "Mixed_7a/Branch_0/Conv2d_1a_3x3");
    layers.put("mixed_7a.branch1.0", "Mixed_7a/Branch_1/Conv2d_0a_1x1");
    layers.put("mixed_7a.branch1.1", "Mixed_7a/Branch_1/Conv2d_1a_3x3");
    layers.put("mixed_7a.branch2.0", "Mixed_7a/Branch_2/Conv2d_0a_1x1");
    layers.put("mixed_7a.branch2.1", "Mixed_7a/Branch_2/Conv2d_0b_3x3");
    layers.put("mixed_7a.branch2.2", "Mixed_7a/Branch_2/Conv2d_1a_3x3");
    return layers;
  }

  private static void block(
      Map<String, String> layers, String ours, String theirs, String single, String... branches) {
    layers.put(ours + ".branch0", theirs + "/Branch_0/Conv2d_1x1" + single);
    for (int b = 0; b < branches.length; b++) {
      String[] sizes = branches[b].split(",");
      for (int i = 0; i < sizes.length; i++) {
        layers.put(
            ours + ".branch" + (b + 1) + "." + i,
            theirs + "/Branch_" + (b + 1) + "/Conv2d_0" + (char) ('a' + i) + "_" + sizes[i]);
      }
    }
  }

  @Test
  void frozenGraphGivesTheNamesAndShapesOfThePyTorchFile() throws Exception {
    JsonNode expected = SharedData.json("expected/facenet_parity/tensors.json");
    List<NamedTensor> graph = new ArrayList<>();
    layers().forEach((ours, theirs) -> convolution(graph, expected, ours, theirs));
    for (String residual : new TreeSet<>(expected.propertyNames())) {
      if (residual.endsWith(".conv2d.weight")) {
        String ours = residual.replace(".conv2d.weight", "");
        String theirs =
            layers()
                .getOrDefault(ours + ".branch0", "")
                .replace("/Branch_0/Conv2d_1x1", "/Conv2d_1x1");
        graph.add(tensor(theirs + "/weights", hwio(shape(expected, residual))));
        graph.add(tensor(theirs + "/biases", shape(expected, ours + ".conv2d.bias")));
      }
    }
    graph.add(tensor("Bottleneck/weights", new int[] {1792, 512}));
    norm(graph, "Bottleneck", 512);
    graph.add(
        new NamedTensor(
            "InceptionResnetV1/Conv2d_1a_3x3/BatchNorm/Const", new int[] {1}, new float[1]));

    Weights ours = KnownNetworks.ourNames(new Weights("graph", graph));

    assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
    for (NamedTensor tensor : ours.all()) {
      assertThat(tensor.shape()).as(tensor.name()).isEqualTo(shape(expected, tensor.name()));
    }
    assertThat(ours.get("last_bn.weight").values()).containsOnly(1f);
  }

  /** The numbers arrive where they belong: a graph written by TensorFlow itself. */
  @Test
  void constantsOfAnExportedGraphAreReadAndTurned() throws Exception {
    byte[] file;
    try (Graph graph = new Graph()) {
      Ops layer = Ops.create(graph).withSubScope("InceptionResnetV1").withSubScope("Bottleneck");
      Ops norm = layer.withSubScope("BatchNorm");
      constant(layer, "weights", Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
      constant(norm, "beta", Shape.of(3), 7, 8, 9);
      constant(norm, "moving_mean", Shape.of(3), 1, 1, 1);
      constant(norm, "moving_variance", Shape.of(3), 2, 2, 2);
      file = graph.toGraphDef().toByteArray();
    }

    Weights weights = KnownNetworks.ourNames(WeightFormats.read("facenet.pb", file));

    assertThat(weights.get("last_linear.weight").shape()).containsExactly(3, 2);
    assertThat(weights.get("last_linear.weight").values()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(weights.get("last_bn.bias").values()).containsExactly(7, 8, 9);
    assertThat(weights.get("last_bn.weight").values()).containsExactly(1, 1, 1);
    assertThat(weights.get("last_bn.running_var").values()).containsExactly(2, 2, 2);
  }

  @Test
  void layerWithoutItsMeanIsNamed() {
    List<NamedTensor> graph = new ArrayList<>();
    graph.add(tensor("Bottleneck/weights", new int[] {2, 2}));
    graph.add(tensor("Bottleneck/BatchNorm/beta", new int[] {2}));

    assertThatThrownBy(() -> KnownNetworks.ourNames(new Weights("graph", graph)))
        .isInstanceOf(UnusableWeightsException.class)
        .hasMessageContaining("Bottleneck")
        .hasMessageContaining("moving_mean");
  }

  private static void constant(Ops tf, String name, Shape shape, float... values) {
    tf.withName(name).constant(shape, DataBuffers.of(values));
  }

  private static void convolution(
      List<NamedTensor> graph, JsonNode expected, String ours, String theirs) {
    int[] shape = shape(expected, ours + ".conv.weight");
    graph.add(tensor(theirs + "/weights", hwio(shape)));
    norm(graph, theirs, shape[0]);
  }

  private static void norm(List<NamedTensor> graph, String layer, int channels) {
    for (String parameter : List.of("beta", "moving_mean", "moving_variance")) {
      graph.add(tensor(layer + "/BatchNorm/" + parameter, new int[] {channels}));
    }
  }

  private static NamedTensor tensor(String name, int[] shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return new NamedTensor("InceptionResnetV1/" + name, shape, new float[size]);
  }

  private static int[] hwio(int[] outInHeightWidth) {
    int[] s = outInHeightWidth;
    return new int[] {s[2], s[3], s[1], s[0]};
  }

  private static int[] shape(JsonNode expected, String name) {
    List<Integer> sides = new ArrayList<>();
    expected.get(name).forEach(side -> sides.add(side.asInt()));
    return sides.stream().mapToInt(Integer::intValue).toArray();
  }
}
