package io.facelogin.models.weights;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of each format, made here, so that tests need no data. */
final class MadeFiles {

  private MadeFiles() {}

  static Weights tensors() {
    return new Weights(
        "made",
        List.of(
            new NamedTensor("a", new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
            new NamedTensor("b", new int[] {}, new float[] {7}),
            new NamedTensor("c", new int[] {0, 4}, new float[] {})));
  }

  static byte[] safetensors() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(tensors(), Map.of("made", "here"), out);
    return out.toByteArray();
  }

  /** A state dict with one transposed matrix [3, 2] named "w", as PyTorch saves it today. */
  static byte[] pyTorchZip() throws IOException {
    PickleWriter pickle = new PickleWriter();
    pickle.op(0x80, 2).global("collections", "OrderedDict").op(')').op('R').op('(').text("w");
    pickle.global("torch._utils", "_rebuild_tensor_v2").op('(').op('(').text("storage");
    pickle.global("torch", "FloatStorage").text("0").text("cpu").op('K', 6).op('t').op('Q');
    pickle.op('K', 0).op('K', 3).op('K', 2).op(0x86).op('K', 1).op('K', 3).op(0x86).op(0x89);
    pickle.global("collections", "OrderedDict").op(')').op('R').op('t').op('R').op('u').op('.');
    return zip(
        Map.of("archive/data.pkl", pickle.bytes(), "archive/data/0", floats(1, 2, 3, 4, 5, 6)));
  }

  static byte[] npz() throws IOException {
    return zip(Map.of("w.npy", npy("<f4", "False", "2, 3", floats(1, 2, 3, 4, 5, 6))));
  }

  static byte[] npy(String type, String fortranOrder, String shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n"
            .formatted(type, fortranOrder, shape);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x93);
    out.write("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII));
    out.write(header.length());
    out.write(0);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(data);
    return out.toByteArray();
  }

  /** One convolution "net/conv" [height 1, width 2, in 1, out 3] in TensorFlow Lite. */
  static byte[] tfLite() {
    FlatBufferBuilder b = new FlatBufferBuilder();
    int[] buffers = {
      buffer(b, new byte[0]), buffer(b, floats(1, 2, 3, 4, 5, 6)), buffer(b, floats(7, 8, 9))
    };
    int buffersAt = offsets(b, buffers);
    int[] tensors = {
      tensor(b, "input", 0, 1, 1, 2, 1),
      tensor(b, "net/Conv_7/weights/read", 1, 3, 1, 2, 1),
      tensor(b, "net/conv/Conv2D_bias", 2, 3)
    };
    int tensorsAt = offsets(b, tensors);
    int inputsAt = ints(b, 0, 1, 2);
    b.startTable(2);
    b.addOffset(1, inputsAt, 0);
    int operator = b.endTable();
    int operatorsAt = offsets(b, operator);
    b.startTable(4);
    b.addOffset(0, tensorsAt, 0);
    b.addOffset(3, operatorsAt, 0);
    int graphsAt = offsets(b, b.endTable());
    b.startTable(1);
    b.addByte(0, (byte) 3, 0);
    int codesAt = offsets(b, b.endTable());
    b.startTable(5);
    b.addInt(0, 3, 0);
    b.addOffset(1, codesAt, 0);
    b.addOffset(2, graphsAt, 0);
    b.addOffset(4, buffersAt, 0);
    b.finish(b.endTable(), "TFL3");
    return b.sizedByteArray();
  }

  static byte[] floats(float... values) {
    byte[] bytes = new byte[4 * values.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /** Stored, not deflated, as PyTorch does it. */
  static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(entry.getValue());
        ZipEntry zipEntry = new ZipEntry(entry.getKey());
        zipEntry.setSize(entry.getValue().length);
        zipEntry.setCrc(crc.getValue());
        out.putNextEntry(zipEntry);
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static int buffer(FlatBufferBuilder b, byte[] data) {
    int dataAt = b.createByteVector(data);
    b.startTable(1);
    b.addOffset(0, dataAt, 0);
    return b.endTable();
  }

  private static int tensor(FlatBufferBuilder b, String name, int buffer, int... shape) {
    int nameAt = b.createString(name);
    int shapeAt = ints(b, shape);
    b.startTable(4);
    b.addOffset(0, shapeAt, 0);
    b.addInt(2, buffer, 0);
    b.addOffset(3, nameAt, 0);
    return b.endTable();
  }

  private static int ints(FlatBufferBuilder b, int... values) {
    b.startVector(4, values.length, 4);
    for (int i = values.length - 1; i >= 0; i--) {
      b.addInt(values[i]);
    }
    return b.endVector();
  }

  private static int offsets(FlatBufferBuilder b, int... offsets) {
    b.startVector(4, offsets.length, 4);
    for (int i = offsets.length - 1; i >= 0; i--) {
      b.addOffset(offsets[i]);
    }
    return b.endVector();
  }

  /** Writes the instructions of a pickle. */
  static final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter op(int... bytes) {
      for (int b : bytes) {
        out.write(b);
      }
      return this;
    }

    PickleWriter global(String module, String name) {
      out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
      return this;
    }

    PickleWriter text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.write('X');
      out.writeBytes(new byte[] {(byte) utf8.length, 0, 0, 0});
      out.writeBytes(utf8);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
