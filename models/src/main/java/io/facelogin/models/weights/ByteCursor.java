package io.facelogin.models.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian values from a foreign file front to back. Every length is held against what
 * is left of the file before anything is allocated, so a lying header cannot cost memory.
 */
final class ByteCursor {

  private final String origin;
  private final ByteBuffer bytes;

  ByteCursor(String origin, byte[] bytes) {
    this(origin, ByteBuffer.wrap(bytes));
  }

  ByteCursor(String origin, ByteBuffer bytes) {
    this.origin = origin;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  String origin() {
    return origin;
  }

  int position() {
    return bytes.position();
  }

  int remaining() {
    return bytes.remaining();
  }

  int unsignedByte() throws UnusableWeightsException {
    need(1, "a byte");
    return bytes.get() & 0xFF;
  }

  int unsignedShort() throws UnusableWeightsException {
    need(2, "a number");
    return bytes.getShort() & 0xFFFF;
  }

  int int32() throws UnusableWeightsException {
    need(4, "a number");
    return bytes.getInt();
  }

  long int64() throws UnusableWeightsException {
    need(8, "a number");
    return bytes.getLong();
  }

  double bigEndianDouble() throws UnusableWeightsException {
    return Double.longBitsToDouble(Long.reverseBytes(int64()));
  }

  byte[] bytes(long count) throws UnusableWeightsException {
    need(count, "a block");
    byte[] copy = new byte[(int) count];
    bytes.get(copy);
    return copy;
  }

  /** A view without a copy. */
  ByteBuffer view(long count) throws UnusableWeightsException {
    need(count, "a block");
    ByteBuffer view = bytes.slice(bytes.position(), (int) count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) count);
    return view;
  }

  String text(long count, Charset charset) throws UnusableWeightsException {
    return new String(bytes(count), charset);
  }

  /** Text up to the next line feed, without it. */
  String line() throws UnusableWeightsException {
    int start = bytes.position();
    int end = start;
    while (end < bytes.limit() && bytes.get(end) != '\n') {
      end++;
    }
    if (end == bytes.limit()) {
      throw new UnusableWeightsException(
          origin + " ends within a line that starts at byte " + start);
    }
    String line = text(end - start, StandardCharsets.UTF_8);
    bytes.position(end + 1);
    return line;
  }

  private void need(long count, String what) throws UnusableWeightsException {
    if (count < 0 || count > bytes.remaining()) {
      throw new UnusableWeightsException(
          "%s is truncated or altered: %s of %d bytes is announced at byte %d, %d are left"
              .formatted(origin, what, count, bytes.position(), bytes.remaining()));
    }
  }
}
