package io.facelogin.infra.benchmark.detect;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one of the three networks as an ONNX model, as an exporter would: pictures [n, channel,
 * row, column], RGB, (v - 127.5) / 128; fully connected layers as convolutions over what is left.
 */
final class PeerNetwork {

  private final Weights weights;
  private final String prefix;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("mtcnn");
  private String last = "input";

  PeerNetwork(Weights weights, String prefix) {
    this.weights = weights;
    this.prefix = prefix;
    graph.addInput(ValueInfoProto.newBuilder().setName(last).setType(floats()));
  }

  static byte[] propose(Weights weights) {
    return new PeerNetwork(weights, "pnet/")
        .layer("conv1", "PReLU1", 1)
        .pool(2, true)
        .layer("conv2", "PReLU2", 1)
        .layer("conv3", "PReLU3", 1)
        .outputs("conv4-1", "conv4-2");
  }

  static byte[] refine(Weights weights) {
    return new PeerNetwork(weights, "rnet/")
        .layer("conv1", "prelu1", 1)
        .pool(3, true)
        .layer("conv2", "prelu2", 1)
        .pool(3, false)
        .layer("conv3", "prelu3", 1)
        .layer("conv4", "prelu4", 3)
        .outputs("conv5-1", "conv5-2");
  }

  static byte[] output(Weights weights) {
    return new PeerNetwork(weights, "onet/")
        .layer("conv1", "prelu1", 1)
        .pool(3, true)
        .layer("conv2", "prelu2", 1)
        .pool(3, false)
        .layer("conv3", "prelu3", 1)
        .pool(2, true)
        .layer("conv4", "prelu4", 1)
        .layer("conv5", "prelu5", 3)
        .outputs("conv6-1", "conv6-2", "conv6-3");
  }

  private PeerNetwork layer(String name, String prelu, int side) {
    last = convolution(name, side);
    NamedTensor slopes = weights.get(prefix + prelu + "/alpha");
    String alpha = constant(prelu + "/alpha", slopes.values(), slopes.values().length, 1, 1);
    node("PRelu", prelu, List.of(last, alpha));
    last = prelu;
    return this;
  }

  private String convolution(String name, int side) {
    NamedTensor kernel = weights.get(prefix + name + "/weights");
    NamedTensor biases = weights.get(prefix + name + "/biases");
    String w = constant(name + "/w", values(kernel, side), shape(kernel, side));
    String b = constant(name + "/b", biases.values(), biases.values().length);
    node("Conv", name, List.of(last, w, b));
    return name;
  }

  private static long[] shape(NamedTensor kernel, int side) {
    int[] s = kernel.shape();
    return s.length == 2
        ? new long[] {s[1], s[0] / (side * side), side, side}
        : new long[] {s[3], s[2], s[0], s[1]};
  }

  /** From [x][y][in][out], for the weights were learnt on transposed pictures. */
  private static float[] values(NamedTensor kernel, int side) {
    long[] to = shape(kernel, side);
    int outs = (int) to[0];
    int ins = (int) to[1];
    int rows = (int) to[2];
    int columns = (int) to[3];
    float[] values = new float[kernel.values().length];
    int i = 0;
    for (int out = 0; out < outs; out++) {
      for (int in = 0; in < ins; in++) {
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < columns; x++) {
            values[i++] = kernel.values()[((x * rows + y) * ins + in) * outs + out];
          }
        }
      }
    }
    return values;
  }

  private PeerNetwork pool(int side, boolean roundUp) {
    String name = "pool" + graph.getNodeCount();
    NodeProto.Builder pool = node("MaxPool", name, List.of(last));
    pool.addAttribute(integers("kernel_shape", side, side)).addAttribute(integers("strides", 2, 2));
    pool.addAttribute(
        AttributeProto.newBuilder()
            .setName("ceil_mode")
            .setType(AttributeType.INT)
            .setI(roundUp ? 1 : 0));
    last = name;
    return this;
  }

  private byte[] outputs(String... names) {
    List<String> outputs = new ArrayList<>();
    for (String name : names) {
      outputs.add(convolution(name, 1));
    }
    outputs.forEach(
        name -> graph.addOutput(ValueInfoProto.newBuilder().setName(name).setType(floats())));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private NodeProto.Builder node(String operator, String name, List<String> inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(name);
  }

  private String constant(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name);
    tensor.setDataType(DataType.FLOAT.getNumber());
    for (long length : shape) {
      tensor.addDims(length);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return name;
  }

  private static AttributeProto integers(String name, long... values) {
    var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static TypeProto floats() {
    return TypeProto.newBuilder()
        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()))
        .build();
  }
}
