package io.facelogin.models.weights;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors out of a TensorFlow Lite file, in TensorFlow's own axes and with plain names.
 *
 * <p>The converter gives weights and biases of one layer unlike names. Here a convolution or dense
 * layer is named after its bias: {@code conv1/Conv2D_bias} makes {@code conv1/weights} and {@code
 * conv1/biases}. Axes: convolution [height, width, in, out], depthwise [height, width, channels,
 * 1], dense [in, out]. Other constants keep name and shape. Only 32-bit floats are read.
 */
public final class TfLite {

  private static final int CONVOLUTION = 3;
  private static final int DEPTHWISE_CONVOLUTION = 4;
  private static final int DENSE = 9;

  private TfLite() {}

  /**
   * @param origin name of the file, for messages
   */
  public static Weights read(String origin, byte[] file) throws UnusableWeightsException {
    if (file.length < 8 || file[4] != 'T' || file[5] != 'F' || file[6] != 'L' || file[7] != '3') {
      throw new UnusableWeightsException(origin + " is no TensorFlow Lite file");
    }
    try {
      return Weights.of(origin, tensors(origin, file));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // Every offset of a flat buffer is checked by the buffer itself.
      throw new UnusableWeightsException(
          origin + " is truncated or altered: an offset points outside of it", e);
    }
  }

  private static List<NamedTensor> tensors(String origin, byte[] file)
      throws UnusableWeightsException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Node model = new Node(bytes.getInt(0), bytes);
    Node graph = model.child(2, 0);
    Map<Integer, NamedTensor> constants = new HashMap<>();
    long left = 2L * file.length;
    for (int i = 0; i < graph.length(0); i++) {
      Node tensor = graph.child(0, i);
      ByteBuffer data = model.child(4, tensor.integer(2)).bytes(0);
      if (data.hasRemaining() && tensor.unsignedByte(1) == 0) {
        // Several tensors may share a buffer; a file of sense does not gain much by it.
        left -= data.remaining();
        if (left < 0) {
          throw new UnusableWeightsException(origin + " has tensors that lie upon each other");
        }
        constants.put(i, constant(origin, tensor, data));
      }
    }
    Set<Integer> named = new HashSet<>();
    for (int i = 0; i < graph.length(3); i++) {
      nameLayer(model, graph.child(3, i), constants, named);
    }
    List<NamedTensor> tensors = new ArrayList<>();
    for (NamedTensor tensor : constants.values()) {
      tensors.add(Layout.rename(tensor, tensor.name().replaceAll("/read$", "")));
    }
    return tensors;
  }

  private static NamedTensor constant(String origin, Node tensor, ByteBuffer data)
      throws UnusableWeightsException {
    String name = tensor.text(3);
    List<Integer> sides = new ArrayList<>();
    for (int i = 0; i < tensor.length(0); i++) {
      sides.add(tensor.integerOf(0, i));
    }
    String what = origin + ": tensor " + name;
    int[] shape = Shapes.of(what, sides);
    int count = Shapes.elements(what, shape, data.remaining() / 4);
    if (count * 4L != data.remaining()) {
      throw new UnusableWeightsException(
          what + " needs " + count * 4L + " bytes and has " + data.remaining());
    }
    return new NamedTensor(name, shape, ElementType.FLOAT32.read(data));
  }

  /** Renames weights and bias of one operator, if it is of those that have them. */
  private static void nameLayer(
      Node model, Node operator, Map<Integer, NamedTensor> constants, Set<Integer> named) {
    Node code = model.child(1, operator.integer(0));
    // Newer files use the wide field, older ones only the byte.
    int kind = Math.max(code.unsignedByte(0), code.integer(3));
    if ((kind != CONVOLUTION && kind != DEPTHWISE_CONVOLUTION && kind != DENSE)
        || operator.length(1) < 3) {
      return;
    }
    int weightsAt = operator.integerOf(1, 1);
    int biasAt = operator.integerOf(1, 2);
    NamedTensor weights = constants.get(weightsAt);
    NamedTensor bias = constants.get(biasAt);
    if (weights == null || bias == null || !named.add(weightsAt) || !named.add(biasAt)) {
      return;
    }
    String layer = layerOf(bias.name());
    NamedTensor turned =
        switch (kind) {
          case CONVOLUTION -> Layout.transpose(weights, 1, 2, 3, 0);
          case DEPTHWISE_CONVOLUTION -> Layout.transpose(weights, 1, 2, 3, 0);
          default -> Layout.transpose(weights, 1, 0);
        };
    constants.put(weightsAt, Layout.rename(turned, layer + "/weights"));
    constants.put(biasAt, Layout.rename(bias, layer + "/biases"));
  }

  private static String layerOf(String bias) {
    int slash = bias.lastIndexOf('/');
    String layer = slash < 0 ? bias : bias.substring(0, slash);
    // A dense layer conv4 has its bias in conv4/conv4/MatMul_bias.
    return layer.replaceAll("(^|/)([^/]+)/\\2$", "$1$2");
  }

  /** A table of the flat buffer, fields by their number in TensorFlow Lite's schema. */
  private static final class Node extends Table {

    Node(int position, ByteBuffer bytes) {
      __reset(position, bytes);
    }

    private int field(int number) {
      return __offset(4 + 2 * number);
    }

    int integer(int number) {
      int field = field(number);
      return field == 0 ? 0 : bb.getInt(bb_pos + field);
    }

    int unsignedByte(int number) {
      int field = field(number);
      return field == 0 ? 0 : bb.get(bb_pos + field) & 0xFF;
    }

    int length(int number) {
      int field = field(number);
      return field == 0 ? 0 : checkedLength(__vector_len(field));
    }

    int integerOf(int number, int index) {
      return bb.getInt(element(number, index, 4));
    }

    Node child(int number, int index) {
      return new Node(__indirect(element(number, index, 4)), bb);
    }

    String text(int number) {
      int field = field(number);
      return field == 0 ? "" : __string(bb_pos + field);
    }

    ByteBuffer bytes(int number) {
      int length = length(number);
      return length == 0
          ? ByteBuffer.allocate(0)
          : bb.slice(__vector(field(number)), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int element(int number, int index, int size) {
      if (index < 0 || index >= length(number)) {
        throw new IndexOutOfBoundsException(index);
      }
      return __vector(field(number)) + index * size;
    }

    private int checkedLength(int length) {
      if (length < 0 || length > bb.limit()) {
        throw new IndexOutOfBoundsException(length);
      }
      return length;
    }
  }
}
