package io.facelogin.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Writes small ONNX files: an input "x" of one picture, and as output whatever the last node makes.
 */
final class OnnxBuilder {

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private String last = "x";

  OnnxBuilder(long channels, long height, long width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : new long[] {1, channels, height, width}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
    }
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName("x")
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape))));
  }

  OnnxBuilder floats(String name, long[] shape, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    for (long side : shape) {
      tensor.addDims(side);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  OnnxBuilder numbers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(7).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  OnnxBuilder number(String name, long value) {
    graph.addInitializer(TensorProto.newBuilder().setName(name).setDataType(7).addInt64Data(value));
    return this;
  }

  /**
   * @param attributes name and value in turn: Long, Float, String or long[]
   */
  OnnxBuilder node(String operator, List<String> inputs, String output, Object... attributes) {
    return node(operator, inputs, List.of(output), attributes);
  }

  OnnxBuilder node(
      String operator, List<String> inputs, List<String> outputs, Object... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName("the " + operator)
            .addAllInput(inputs)
            .addAllOutput(outputs);
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    graph.addNode(node);
    last = outputs.get(0);
    return this;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long number) {
      attribute.setI(number);
    } else if (value instanceof Float number) {
      attribute.setF(number);
    } else if (value instanceof long[] numbers) {
      for (long number : numbers) {
        attribute.addInts(number);
      }
    }
    return attribute.build();
  }

  byte[] file() {
    return file(13);
  }

  byte[] file(long opset) {
    graph.clearOutput().addOutput(ValueInfoProto.newBuilder().setName(last));
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
