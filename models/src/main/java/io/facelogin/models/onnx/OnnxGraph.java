package io.facelogin.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facelogin.models.network.NetworkBuilder;
import io.facelogin.models.network.NetworkSession;
import io.facelogin.models.onnx.Value.Activation;
import io.facelogin.models.weights.UnusableWeightsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network from an ONNX file, rebuilt as a TensorFlow graph. Made for encoders: one input of
 * pictures, the first output counts. Operators that are not known, or used in a way that is not,
 * are refused by name; nothing is guessed.
 *
 * <p>Feed it [picture, row, column, channel], although the file says [picture, channel, row,
 * column].
 *
 * @param outputs numbers per picture
 */
public record OnnxGraph(
    NetworkSession session, int heightPx, int widthPx, int channels, int outputs) {

  private static final int MAX_SIDE_PX = 4096;

  /**
   * @param origin name of the file, for messages
   * @return the caller closes its session
   */
  public static OnnxGraph open(String origin, byte[] file) throws UnusableWeightsException {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new UnusableWeightsException(
          origin + " is truncated, altered or no ONNX file: " + e.getMessage(), e);
    }
    Graph graph = new Graph();
    try {
      return new Import(origin, model, Ops.create(graph)).run(graph);
    } catch (UnusableWeightsException | RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** One import: values by name grow from the input to the output. */
  private static final class Import {

    private final String origin;
    private final GraphProto proto;
    private final Ops tf;
    private final int opset;
    private final Map<String, Operator> operators = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();

    Import(String origin, ModelProto model, Ops tf) throws UnusableWeightsException {
      this.origin = origin;
      this.proto = model.getGraph();
      this.tf = tf;
      this.opset =
          (int)
              model.getOpsetImportList().stream()
                  .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                  .mapToLong(OperatorSetIdProto::getVersion)
                  .findFirst()
                  .orElseThrow(() -> new UnusableWeightsException(origin + " is no ONNX network"));
      operators.putAll(new Convolutions(tf).operators());
      operators.putAll(new Elementwise(tf).operators());
      operators.putAll(new Shaping(tf).operators());
      operators.putAll(new Cutting(tf).operators());
      operators.putAll(new Algebra(tf).operators());
    }

    OnnxGraph run(Graph graph) throws UnusableWeightsException {
      refuseUnknownOperators();
      for (TensorProto constant : proto.getInitializerList()) {
        values.put(constant.getName(), constant(constant));
      }
      int[] sides = input();
      for (NodeProto node : proto.getNodeList()) {
        apply(node);
      }
      Operand<TFloat32> output = output();
      long length = 1;
      for (int axis = 1; axis < output.shape().numDimensions(); axis++) {
        length *= output.shape().get(axis);
      }
      if (length < 1 || length > 1 << 20) {
        throw new UnusableWeightsException(
            origin + " has an output of shape " + output.shape() + ", which is no vector");
      }
      tf.withName(NetworkBuilder.OUTPUT).identity(output);
      return new OnnxGraph(new NetworkSession(graph), sides[1], sides[2], sides[0], (int) length);
    }

    private void refuseUnknownOperators() throws UnusableWeightsException {
      TreeSet<String> unknown = new TreeSet<>();
      for (NodeProto node : proto.getNodeList()) {
        boolean ours = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
        if (!ours || !operators.containsKey(node.getOpType())) {
          unknown.add(ours ? node.getOpType() : node.getDomain() + "." + node.getOpType());
        }
      }
      if (!unknown.isEmpty()) {
        throw new UnusableWeightsException(
            "%s uses operators that are not imported: %s. Known are %s"
                .formatted(
                    origin,
                    String.join(", ", unknown),
                    String.join(", ", new TreeSet<>(operators.keySet()))));
      }
    }

    private Value constant(TensorProto constant) throws UnusableWeightsException {
      try {
        return OnnxTensors.read(constant.getName(), constant);
      } catch (UnusableWeightsException e) {
        throw new UnusableWeightsException(origin + ": " + e.getMessage(), e);
      }
    }

    /** The one input that is no constant. Returns channels, rows, columns. */
    private int[] input() throws UnusableWeightsException {
      List<ValueInfoProto> inputs =
          proto.getInputList().stream().filter(i -> !values.containsKey(i.getName())).toList();
      if (inputs.size() != 1) {
        throw new UnusableWeightsException(
            origin + " has " + inputs.size() + " inputs; one of pictures is imported");
      }
      List<TensorShapeProto.Dimension> shape =
          inputs.get(0).getType().getTensorType().getShape().getDimList();
      if (shape.size() != 4) {
        throw new UnusableWeightsException(
            origin + " has an input with " + shape.size() + " axes; pictures have 4");
      }
      int[] sides = new int[3];
      for (int i = 0; i < 3; i++) {
        long side = shape.get(i + 1).getDimValue();
        if (side < 1 || side > MAX_SIDE_PX) {
          throw new UnusableWeightsException(
              "%s has an input whose side %d is %s; export it with a fixed size"
                  .formatted(origin, i + 1, side == 0 ? "not fixed" : String.valueOf(side)));
        }
        sides[i] = (int) side;
      }
      Operand<TFloat32> pictures =
          tf.withName(NetworkBuilder.INPUT)
              .placeholder(
                  TFloat32.class, Placeholder.shape(Shape.of(-1, sides[1], sides[2], sides[0])));
      values.put(inputs.get(0).getName(), new Activation(pictures, true));
      return sides;
    }

    private void apply(NodeProto proto) throws UnusableWeightsException {
      List<Optional<Value>> inputs = new ArrayList<>();
      for (String name : proto.getInputList()) {
        Value value = values.get(name);
        if (value == null && !name.isEmpty()) {
          throw new UnusableWeightsException(
              origin + ": " + proto.getOpType() + " wants " + name + ", which nothing makes");
        }
        inputs.add(Optional.ofNullable(value));
      }
      OnnxNode node = new OnnxNode(proto, inputs, opset);
      Operator operator = operators.get(node.operator());
      if (operator == null) {
        throw new IllegalStateException(node + " was checked before");
      }
      try {
        List<Value> outputs = operator.apply(node);
        for (int i = 0; i < Math.min(outputs.size(), proto.getOutputCount()); i++) {
          values.put(proto.getOutput(i), outputs.get(i));
        }
      } catch (IllegalArgumentException
          | IndexOutOfBoundsException
          | ArithmeticException
          | TensorFlowException e) {
        throw new UnusableWeightsException(
            "%s: %s is used in a way that is not imported: %s"
                .formatted(origin, node, e.getMessage()),
            e);
      }
    }

    private Operand<TFloat32> output() throws UnusableWeightsException {
      if (proto.getOutputCount() > 0
          && values.get(proto.getOutput(0).getName()) instanceof Activation activation) {
        return new Placing(tf).plain(activation);
      }
      throw new UnusableWeightsException(origin + " has no output that it computes");
    }
  }
}
