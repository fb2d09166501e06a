package io.facelogin.infra.erasure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that give somebody away wherever they stand.
 *
 * @param what they are, for a report: no secret
 * @param bytes at least four
 */
public record Trace(String what, byte[] bytes) {

  /** So many numbers of a vector in a row are nobody else's. */
  private static final int NUMBERS = 6;

  private static final int LARGEST_BYTE = 127;

  public Trace {
    if (bytes.length < Integer.BYTES) {
      throw new IllegalArgumentException("Too short to be told from chance: " + what);
    }
  }

  /** A name or mail as databases, logs and programs write it; none if it is too short. */
  public static List<Trace> ofText(String what, String text) {
    List<Trace> traces = new ArrayList<>();
    if (text.getBytes(StandardCharsets.UTF_8).length >= Integer.BYTES) {
      traces.add(new Trace(what, text.getBytes(StandardCharsets.UTF_8)));
      traces.add(new Trace(what, text.getBytes(StandardCharsets.UTF_16LE)));
      traces.add(new Trace(what, text.getBytes(StandardCharsets.UTF_16BE)));
    }
    return traces;
  }

  /**
   * A vector as floats of either byte order (Protobuf writes the little-endian one) and as bytes of
   * the search. Pieces from all over it, so that a part of it is found too.
   *
   * @param vector of unit length
   */
  public static List<Trace> ofVector(String what, float[] vector) {
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    List<Trace> traces = new ArrayList<>();
    for (int from = 0; from + 2 * NUMBERS <= vector.length; from += vector.length / 4) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        ByteBuffer floats = ByteBuffer.allocate(NUMBERS * Float.BYTES).order(order);
        for (int i = from; i < from + NUMBERS; i++) {
          floats.putFloat(vector[i]);
        }
        traces.add(new Trace(what, floats.array()));
      }
      byte[] bytes = new byte[2 * NUMBERS];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.round(vector[from + i] / largest * LARGEST_BYTE);
      }
      traces.add(new Trace(what, bytes));
    }
    return traces;
  }
}
