package io.facelogin.models.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format of the weights that we keep: a JSON header with name, type, shape and place of each
 * tensor, then the numbers. It cannot hold code. Format: https://github.com/huggingface/safetensors
 */
public final class Safetensors {

  private static final int MAX_HEADER_BYTES = 16 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private Safetensors() {}

  record Header(String dtype, List<Long> shape, List<Long> data_offsets) {}

  /**
   * @param origin name of the file, for messages
   */
  public static Weights read(String origin, byte[] file) throws UnusableWeightsException {
    ByteCursor cursor = new ByteCursor(origin, file);
    long headerBytes = cursor.int64();
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
      throw new UnusableWeightsException(
          origin + " is no safetensors file: its header would have " + headerBytes + " bytes");
    }
    Map<String, @Nullable Object> header = header(origin, cursor.bytes(headerBytes));
    ByteBuffer data = cursor.view(cursor.remaining());
    List<NamedTensor> tensors = new ArrayList<>();
    long left = data.limit();
    for (Map.Entry<String, @Nullable Object> entry : header.entrySet()) {
      if (!entry.getKey().equals("__metadata__")) {
        NamedTensor tensor = tensor(origin, entry.getKey(), entry.getValue(), data);
        left -= tensor.values().length;
        if (left < 0) {
          throw new UnusableWeightsException(origin + " has tensors that lie upon each other");
        }
        tensors.add(tensor);
      }
    }
    return Weights.of(origin, tensors);
  }

  /**
   * Writes 32-bit floats, tensors in the order of their names, so that equal tensors give equal
   * files.
   */
  public static void write(Weights weights, Map<String, String> metadata, OutputStream out)
      throws IOException {
    List<NamedTensor> tensors = new ArrayList<>(weights.all());
    tensors.sort(Comparator.comparing(NamedTensor::name));
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put("__metadata__", new TreeMap<>(metadata));
    }
    long offset = 0;
    for (NamedTensor tensor : tensors) {
      long end = offset + 4L * tensor.values().length;
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("dtype", "F32");
      place.put("shape", tensor.shape());
      place.put("data_offsets", List.of(offset, end));
      header.put(tensor.name(), place);
      offset = end;
    }
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    // Padded with spaces so that the numbers start at a multiple of eight, as the format asks.
    int padded = (json.length + 7) / 8 * 8;
    OutputStream buffered = new BufferedOutputStream(out);
    byte[] length = new byte[8];
    littleEndian(length).putLong(padded);
    buffered.write(length);
    buffered.write(json);
    buffered.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.UTF_8));
    for (NamedTensor tensor : tensors) {
      byte[] numbers = new byte[4 * tensor.values().length];
      littleEndian(numbers).asFloatBuffer().put(tensor.values());
      buffered.write(numbers);
    }
    buffered.flush();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @SuppressWarnings("unchecked") // a JSON object always has text as keys
  private static Map<String, @Nullable Object> header(String origin, byte[] json)
      throws UnusableWeightsException {
    try {
      return JSON.readValue(json, LinkedHashMap.class);
    } catch (JacksonException e) {
      throw new UnusableWeightsException(
          origin
              + " is no safetensors file or altered: its header is no JSON object: "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static NamedTensor tensor(
      String origin, String name, @Nullable Object place, ByteBuffer data)
      throws UnusableWeightsException {
    Header header;
    try {
      header = JSON.convertValue(place, Header.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnusableWeightsException(
          origin + ": tensor " + name + " is described wrongly: " + e.getMessage(), e);
    }
    if (header == null
        || header.dtype() == null
        || header.shape() == null
        || header.shape().contains(null)
        || header.data_offsets() == null
        || header.data_offsets().contains(null)
        || header.data_offsets().size() != 2) {
      throw new UnusableWeightsException(
          origin + ": tensor " + name + " lacks dtype, shape or data_offsets");
    }
    ElementType type = type(origin, name, header.dtype());
    long start = header.data_offsets().get(0);
    long end = header.data_offsets().get(1);
    if (start < 0 || end < start || end > data.limit()) {
      throw new UnusableWeightsException(
          "%s is truncated or altered: tensor %s lies at %d to %d of %d data bytes"
              .formatted(origin, name, start, end, data.limit()));
    }
    int[] shape = Shapes.of(origin + ": tensor " + name, header.shape());
    int count = Shapes.elements(origin + ": tensor " + name, shape, (end - start) / type.sizeBytes);
    if ((long) count * type.sizeBytes != end - start) {
      throw new UnusableWeightsException(
          "%s: tensor %s needs %d bytes and has %d"
              .formatted(origin, name, (long) count * type.sizeBytes, end - start));
    }
    ByteBuffer numbers =
        data.slice((int) start, (int) (end - start)).order(ByteOrder.LITTLE_ENDIAN);
    return new NamedTensor(name, shape, type.read(numbers));
  }

  private static ElementType type(String origin, String name, String dtype)
      throws UnusableWeightsException {
    return switch (dtype) {
      case "F64" -> ElementType.FLOAT64;
      case "F32" -> ElementType.FLOAT32;
      case "F16" -> ElementType.FLOAT16;
      case "BF16" -> ElementType.BFLOAT16;
      case "I64" -> ElementType.INT64;
      case "I32" -> ElementType.INT32;
      case "I16" -> ElementType.INT16;
      case "I8" -> ElementType.INT8;
      case "U8" -> ElementType.UINT8;
      case "BOOL" -> ElementType.BOOL;
      default ->
          throw new UnusableWeightsException(
              origin + ": tensor " + name + " has the type " + dtype + ", which we do not read");
    };
  }
}
