package io.facelogin.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.facelogin.models.onnx.Value.Constant;
import io.facelogin.models.onnx.Value.Numbers;
import io.facelogin.models.weights.ElementType;
import io.facelogin.models.weights.NamedTensor;
import io.facelogin.models.weights.Shapes;
import io.facelogin.models.weights.UnusableWeightsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The constants of an ONNX file. */
final class OnnxTensors {

  private OnnxTensors() {}

  static Value read(String name, TensorProto proto) throws UnusableWeightsException {
    String what = "constant " + name;
    if (proto.getExternalDataCount() > 0
        || proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new UnusableWeightsException(
          what + " lies in another file; export the network as one file");
    }
    ElementType type = type(what, proto.getDataType());
    boolean whole = type == ElementType.INT64 || type == ElementType.INT32;
    if (proto.hasRawData()) {
      ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      int[] shape = shape(what, proto, raw.remaining() / type.sizeBytes);
      return whole ? numbers(raw, type, shape) : floats(name, shape, type.read(raw));
    }
    if (type == ElementType.FLOAT32) {
      int[] shape = shape(what, proto, proto.getFloatDataCount());
      float[] values = new float[proto.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = proto.getFloatData(i);
      }
      return floats(name, shape, values);
    }
    if (whole) {
      List<? extends Number> data =
          type == ElementType.INT64 ? proto.getInt64DataList() : proto.getInt32DataList();
      int[] shape = shape(what, proto, data.size());
      return new Numbers(data.stream().mapToLong(Number::longValue).toArray(), shape.length == 0);
    }
    throw new UnusableWeightsException(what + " keeps its numbers in a way that is not imported");
  }

  private static Value floats(String name, int[] shape, float[] values) {
    return new Constant(new NamedTensor(name, shape, values));
  }

  private static Value numbers(ByteBuffer raw, ElementType type, int[] shape) {
    long[] values = new long[raw.remaining() / type.sizeBytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = type == ElementType.INT64 ? raw.getLong(8 * i) : raw.getInt(4 * i);
    }
    return new Numbers(values, shape.length == 0);
  }

  private static int[] shape(String what, TensorProto proto, int elements)
      throws UnusableWeightsException {
    int[] shape = Shapes.of(what, proto.getDimsList());
    if (Shapes.elements(what, shape, elements) != elements) {
      throw new UnusableWeightsException(what + " has more numbers than its shape");
    }
    return shape;
  }

  private static ElementType type(String what, int code) throws UnusableWeightsException {
    return switch (code) {
      case TensorProto.DataType.FLOAT_VALUE -> ElementType.FLOAT32;
      case TensorProto.DataType.DOUBLE_VALUE -> ElementType.FLOAT64;
      case TensorProto.DataType.FLOAT16_VALUE -> ElementType.FLOAT16;
      case TensorProto.DataType.INT64_VALUE -> ElementType.INT64;
      case TensorProto.DataType.INT32_VALUE -> ElementType.INT32;
      default ->
          throw new UnusableWeightsException(
              what + " has type " + code + ", which is not imported");
    };
  }
}
