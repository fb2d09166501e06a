package io.facelogin.models.weights;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The constants of a frozen TensorFlow graph (.pb) by the names of their nodes. The graph itself is
 * not run.
 */
final class FrozenGraph {

  /** A constant may be written as one number for all its elements; no weight of ours has more. */
  private static final long MAX_REPEATED_ELEMENTS = 1 << 22;

  private FrozenGraph() {}

  static Weights read(String origin, byte[] file) throws UnusableWeightsException {
    GraphDef graph;
    try {
      graph = GraphDef.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new UnusableWeightsException(
          origin + " is truncated, altered or no TensorFlow graph: " + e.getMessage(), e);
    }
    List<NamedTensor> tensors = new ArrayList<>();
    long repeatedLeft = MAX_REPEATED_ELEMENTS;
    for (NodeDef node : graph.getNodeList()) {
      AttrValue value = node.getAttrMap().get("value");
      if (node.getOp().equals("Const") && value != null && isFloat(value.getTensor())) {
        NamedTensor tensor = tensor(origin, node.getName(), value.getTensor(), repeatedLeft);
        if (value.getTensor().getTensorContent().isEmpty()) {
          repeatedLeft -= tensor.values().length;
        }
        tensors.add(tensor);
      }
    }
    if (tensors.isEmpty()) {
      throw new UnusableWeightsException(
          origin + " has no constants: it is no frozen TensorFlow graph");
    }
    return Weights.of(origin, tensors);
  }

  private static boolean isFloat(TensorProto tensor) {
    return tensor.getDtype() == DataType.DT_FLOAT;
  }

  private static NamedTensor tensor(
      String origin, String name, TensorProto proto, long repeatedLeft)
      throws UnusableWeightsException {
    String what = origin + ": constant " + name;
    List<Long> sides =
        proto.getTensorShape().getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    int[] shape = Shapes.of(what, sides);
    if (!proto.getTensorContent().isEmpty()) {
      ByteBuffer data =
          proto.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      int count = Shapes.elements(what, shape, data.remaining() / 4);
      if (count * 4L != data.remaining()) {
        throw new UnusableWeightsException(
            what + " needs " + count * 4L + " bytes and has " + data.remaining());
      }
      return new NamedTensor(name, shape, ElementType.FLOAT32.read(data));
    }
    int count = Shapes.elements(what, shape, repeatedLeft);
    int given = proto.getFloatValCount();
    if (given > count) {
      throw new UnusableWeightsException(what + " has " + given + " numbers for " + count);
    }
    float[] values = new float[count];
    for (int i = 0; i < count && given > 0; i++) {
      values[i] = proto.getFloatVal(Math.min(i, given - 1));
    }
    return new NamedTensor(name, shape, values);
  }
}
