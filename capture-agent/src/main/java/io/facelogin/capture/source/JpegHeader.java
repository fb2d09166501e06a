package io.facelogin.capture.source;

import org.jspecify.annotations.Nullable;

/**
 * What the markers of a JPEG say, read without decoding.
 *
 * @param standalone false if it leaves out its Huffman tables, as some motion JPEG cameras do, or
 *     its end
 */
record JpegHeader(int widthPx, int heightPx, boolean standalone) {

  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int HUFFMAN_TABLES = 0xC4;

  /** Returns null if the bytes are no JPEG. */
  static @Nullable JpegHeader read(byte[] bytes) {
    if (bytes.length < 4 || marker(bytes, 0) != START_OF_IMAGE) {
      return null;
    }
    boolean tables = false;
    int width = 0;
    int height = 0;
    int at = 2;
    while (at + 4 <= bytes.length) {
      int marker = marker(bytes, at);
      if (marker < 0) {
        return null;
      }
      if (marker == 0xFF) { // fill byte
        at++;
        continue;
      }
      int length = unsigned16(bytes, at + 2);
      if (marker == HUFFMAN_TABLES) {
        tables = true;
      } else if (isStartOfFrame(marker) && at + 9 <= bytes.length) {
        height = unsigned16(bytes, at + 5);
        width = unsigned16(bytes, at + 7);
      } else if (marker == START_OF_SCAN) {
        return width > 0 && height > 0
            ? new JpegHeader(width, height, tables && endsProperly(bytes))
            : null;
      }
      at += 2 + length;
    }
    return null;
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xC0
        && marker <= 0xCF
        && marker != HUFFMAN_TABLES
        && marker != 0xC8
        && marker != 0xCC;
  }

  private static boolean endsProperly(byte[] bytes) {
    int end = bytes.length;
    while (end > 2 && bytes[end - 1] == 0) { // padding of the container
      end--;
    }
    return marker(bytes, end - 2) == END_OF_IMAGE;
  }

  private static int marker(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) == 0xFF ? bytes[at + 1] & 0xFF : -1;
  }

  private static int unsigned16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
