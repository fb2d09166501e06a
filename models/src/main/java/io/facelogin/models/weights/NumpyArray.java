package io.facelogin.models.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One array in NumPy's own .npy format: a header that looks like Python, then the numbers. */
final class NumpyArray {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\s*\\{\\s*'descr':\\s*'([^']{1,8})',\\s*'fortran_order':\\s*(True|False),"
              + "\\s*'shape':\\s*\\(([0-9, L]*)\\),?\\s*\\}\\s*");

  private NumpyArray() {}

  /** The header; the cursor stands at the data afterwards. */
  record Header(String type, boolean fortranOrder, int[] shape) {}

  static boolean looksLikeOne(byte[] file) {
    return file.length > 10
        && (file[0] & 0xFF) == 0x93
        && new String(file, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY");
  }

  static Header header(ByteCursor in) throws UnusableWeightsException {
    in.bytes(6);
    int version = in.unsignedByte();
    in.unsignedByte();
    long length = version == 1 ? in.unsignedShort() : in.int32();
    String text = in.text(length, StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(text);
    if (!matcher.matches()) {
      throw new UnusableWeightsException(in.origin() + " is no .npy array that we read");
    }
    List<Long> sides = new ArrayList<>();
    for (String side : matcher.group(3).split(",")) {
      String digits = side.replace("L", "").strip();
      if (!digits.isEmpty()) {
        if (digits.length() > 10 || !digits.matches("\\d+")) {
          throw new UnusableWeightsException(in.origin() + " has a side of " + digits);
        }
        sides.add(Long.parseLong(digits));
      }
    }
    return new Header(
        matcher.group(1), matcher.group(2).equals("True"), Shapes.of(in.origin(), sides));
  }

  /** The whole file as a tensor of numbers. */
  static NamedTensor read(String name, ByteCursor in) throws UnusableWeightsException {
    Header header = header(in);
    return tensor(
        in.origin(),
        name,
        header.type(),
        header.fortranOrder(),
        header.shape(),
        in.view(in.remaining()));
  }

  /**
   * @param type as NumPy writes it: byte order, kind, bytes, such as {@code <f4}
   */
  static NamedTensor tensor(
      String origin, String name, String type, boolean fortranOrder, int[] shape, ByteBuffer data)
      throws UnusableWeightsException {
    String what = origin + ": array " + name;
    ElementType elements = elements(what, type);
    int count = Shapes.elements(what, shape, data.remaining() / elements.sizeBytes);
    if ((long) count * elements.sizeBytes != data.remaining()) {
      throw new UnusableWeightsException(
          "%s needs %d bytes and has %d"
              .formatted(what, (long) count * elements.sizeBytes, data.remaining()));
    }
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    float[] values = elements.read(data.slice().order(order));
    if (!fortranOrder || shape.length < 2) {
      return new NamedTensor(name, shape, values);
    }
    int[] reversed = new int[shape.length];
    int[] axes = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      axes[i] = shape.length - 1 - i;
      reversed[i] = shape[axes[i]];
    }
    return Layout.transpose(new NamedTensor(name, reversed, values), axes);
  }

  private static ElementType elements(String what, String type) throws UnusableWeightsException {
    return switch (type.replaceFirst("^[<>|=]", "")) {
      case "f8" -> ElementType.FLOAT64;
      case "f4" -> ElementType.FLOAT32;
      case "f2" -> ElementType.FLOAT16;
      case "i8" -> ElementType.INT64;
      case "i4" -> ElementType.INT32;
      case "i2" -> ElementType.INT16;
      case "i1" -> ElementType.INT8;
      case "u1" -> ElementType.UINT8;
      case "b1" -> ElementType.BOOL;
      default ->
          throw new UnusableWeightsException(
              what + " has elements of type " + type + ", which we do not read");
    };
  }
}
