package io.facelogin.infra.benchmark.encode;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.facelogin.models.weights.Layout;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * MobileFaceNet as an ONNX file, from the tensors that our own graph is built from: what another
 * runtime is measured with. Its input is what the first convolution takes, [face, channel, row,
 * column].
 */
final class MobileFaceNetOnnx {

  static final String INPUT = "faces";

  private static final int SIDE_PX = 112;
  private static final int OPSET = 13;
  private static final List<String> BLOCKS =
      List.of(
          "2_0", "2_1", "2_2", "2_3", "2_4", "3_0", "4_0", "4_1", "4_2", "4_3", "4_4", "4_5", "5_0",
          "6_0", "6_1");

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("mobilefacenet");
  private final Weights weights;
  private final boolean prelu;
  private String last = INPUT;

  private MobileFaceNetOnnx(Weights weights) {
    this.weights = weights;
    this.prelu = weights.names().contains("stem/conv/alpha");
  }

  static byte[] of(Weights weights) {
    return new MobileFaceNetOnnx(weights).write();
  }

  private byte[] write() {
    graph.addInput(value(INPUT));
    layer("stem/conv", 2, true);
    layer("stem/depthwise", 1, true);
    layer("stem/project", 1, true);
    for (String block : BLOCKS) {
      String name = "block_" + block;
      boolean strides = List.of("2_0", "3_0", "5_0").contains(block);
      String before = last;
      layer(name + "/expand", 1, true);
      layer(name + "/depthwise", strides ? 2 : 1, true);
      layer(name + "/project", 1, true);
      if (!strides) {
        node("Add", name + "/sum", before, last);
      }
    }
    layer("head/expand", 1, true);
    layer("head/depthwise", 1, false);
    if (weights.names().contains("head/project/weights")) {
      layer("head/project", 1, false);
    }
    layer("head/embedding", 1, false);
    graph.addOutput(ValueInfoProto.newBuilder().setName(last).setType(value(last).getType()));
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private void layer(String name, int stride, boolean pads) {
    NamedTensor kernel = weights.get(name + "/weights");
    boolean depthwise = name.endsWith("/depthwise");
    int side = kernel.shape()[0];
    int around = pads ? side / 2 : 0;
    // TensorFlow pads strides of 2 below and on the right only.
    int before = stride == 2 && prelu ? 0 : around;
    constant(
        depthwise ? Layout.transpose(kernel, 2, 3, 0, 1) : Layout.transpose(kernel, 3, 2, 0, 1));
    constant(weights.get(name + "/biases"));
    NodeProto.Builder convolution =
        node("Conv", name, last, name + "/weights", name + "/biases")
            .addAttribute(ints("strides", stride, stride))
            .addAttribute(ints("pads", before, before, around, around));
    if (depthwise) {
      convolution.addAttribute(
          AttributeProto.newBuilder()
              .setName("group")
              .setType(AttributeType.INT)
              .setI(kernel.shape()[2]));
    }
    activation(name);
  }

  private void activation(String name) {
    boolean inStem = name.equals("stem/depthwise") || name.equals("stem/project");
    boolean linear = name.endsWith("/project") || name.startsWith("head/depth");
    if (prelu && weights.names().contains(name + "/alpha")) {
      NamedTensor alpha = weights.get(name + "/alpha");
      constant(
          new NamedTensor(alpha.name(), new int[] {alpha.values().length, 1, 1}, alpha.values()));
      node("PRelu", name + "/activated", last, name + "/alpha");
    } else if (!prelu && inStem) {
      node("Relu", name + "/activated", last);
    } else if (!prelu && !linear && !name.equals("head/embedding")) {
      constant(new NamedTensor(name + "/least", new int[0], new float[] {0}));
      constant(new NamedTensor(name + "/most", new int[0], new float[] {6}));
      node("Clip", name + "/activated", last, name + "/least", name + "/most");
    }
  }

  private NodeProto.Builder node(String operator, String output, String... inputs) {
    last = output;
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(Arrays.asList(inputs))
        .addOutput(output);
  }

  private void constant(NamedTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setName(tensor.name())
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (int side : tensor.shape()) {
      proto.addDims(side);
    }
    graph.addInitializer(proto);
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** A tensor of faces; only the number of faces is open where it is the input. */
  private static ValueInfoProto value(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("faces");
    if (name.equals(INPUT)) {
      shape.addDimBuilder().setDimValue(3);
      shape.addDimBuilder().setDimValue(SIDE_PX);
      shape.addDimBuilder().setDimValue(SIDE_PX);
    } else {
      shape.addDimBuilder().setDimParam("outputs");
      shape.addDimBuilder().setDimParam("rows");
      shape.addDimBuilder().setDimParam("columns");
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
