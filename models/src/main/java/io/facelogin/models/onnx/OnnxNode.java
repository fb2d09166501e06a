package io.facelogin.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.onnx.Value.Constant;
import io.facelogin.models.onnx.Value.Numbers;
import io.facelogin.models.weights.NamedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operator with its attributes and its inputs. What a file lacks or says wrongly ends in an
 * IllegalArgumentException, to which the importer adds the node's name.
 */
final class OnnxNode {

  /** No stride, window or padding of sense is wider. */
  private static final int MAX_SPAN_PX = 4096;

  private final NodeProto proto;
  private final List<Optional<Value>> inputs;
  private final int opset;

  OnnxNode(NodeProto proto, List<Optional<Value>> inputs, int opset) {
    this.proto = proto;
    this.inputs = inputs;
    this.opset = opset;
  }

  String operator() {
    return proto.getOpType();
  }

  /** Version of the operators' meaning that the file was written for. */
  int opset() {
    return opset;
  }

  int inputs() {
    return inputs.size();
  }

  int outputs() {
    return proto.getOutputCount();
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  Value input(int index) {
    if (!has(index)) {
      throw new IllegalArgumentException("input " + index + " is missing");
    }
    return inputs.get(index).orElseThrow();
  }

  Activation activation(int index) {
    if (input(index) instanceof Activation activation) {
      return activation;
    }
    throw new IllegalArgumentException("input " + index + " is not computed from the picture");
  }

  NamedTensor constant(int index) {
    if (input(index) instanceof Constant constant) {
      return constant.tensor();
    }
    throw new IllegalArgumentException(
        "input " + index + " is not constant, which is all that is imported");
  }

  long[] numbers(int index) {
    if (input(index) instanceof Numbers numbers) {
      return numbers.values().clone();
    }
    throw new IllegalArgumentException(
        "input " + index + " does not consist of known whole numbers");
  }

  /** Whole numbers that newer files give as an input and older ones as an attribute. */
  long @Nullable [] numbersOrAttribute(int index, String attribute) {
    return has(index) ? numbers(index) : longs(attribute);
  }

  boolean hasAttribute(String name) {
    return find(name) != null;
  }

  long number(String name, long absent) {
    AttributeProto attribute = find(name);
    return attribute == null ? absent : attribute.getI();
  }

  float real(String name, float absent) {
    AttributeProto attribute = find(name);
    return attribute == null ? absent : attribute.getF();
  }

  String text(String name, String absent) {
    AttributeProto attribute = find(name);
    return attribute == null ? absent : attribute.getS().toStringUtf8();
  }

  long @Nullable [] longs(String name) {
    AttributeProto attribute = find(name);
    return attribute == null
        ? null
        : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * A list of a length that is known, such as two strides; all the same number where it is absent.
   */
  long[] longs(String name, int length, long absent) {
    long[] values = longs(name);
    if (values == null) {
      values = new long[length];
      Arrays.fill(values, absent);
    }
    if (values.length != length) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " numbers; " + length + " are imported");
    }
    for (long value : values) {
      if (value < 0 || value > MAX_SPAN_PX) {
        throw new IllegalArgumentException(name + " has the number " + value);
      }
    }
    return values;
  }

  AttributeProto required(String name) {
    AttributeProto attribute = find(name);
    if (attribute == null) {
      throw new IllegalArgumentException("attribute " + name + " is missing");
    }
    return attribute;
  }

  private @Nullable AttributeProto find(String name) {
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return proto.getName().isEmpty()
        ? proto.getOpType() + " that makes " + proto.getOutputList()
        : proto.getOpType() + " " + proto.getName();
  }
}
