package io.facelogin.models.mtcnn;

import io.facelogin.models.picture.Picture;
import java.nio.ByteBuffer;

/**
 * The bytes of a picture where the loops over them can reach them. Those of a large one stay where
 * they are and are copied piece by piece. Valid while the picture is open; any thread.
 */
final class Pixels {

  static final int CHANNELS = 3;

  /** Up to here a picture is copied as a whole: eight megapixels. */
  private static final long MAX_COPY_BYTES = 24 << 20;

  private final ByteBuffer source;
  private final int sourceRowBytes;
  private final int width;
  private final int height;
  private byte[] copy = new byte[0];

  Pixels(Picture picture) {
    this.sourceRowBytes = Math.toIntExact(picture.bgr().step());
    this.width = picture.widthPx();
    this.height = picture.heightPx();
    long length = (long) sourceRowBytes * (height - 1) + width * (long) CHANNELS;
    this.source = picture.bgr().data().capacity(length).asByteBuffer();
  }

  int widthPx() {
    return width;
  }

  int heightPx() {
    return height;
  }

  /** A rectangle of pixels; its rows lie {@code rowBytes} apart. Reused. */
  static final class Window {
    byte[] bytes = new byte[0];
    int offset;
    int rowBytes;
    private byte[] own = new byte[0];
  }

  /** Shows a rectangle that lies within the picture; BGR. */
  void open(int left, int top, int columns, int rows, Window window) {
    if ((long) sourceRowBytes * height <= MAX_COPY_BYTES) {
      window.bytes = whole();
      window.rowBytes = sourceRowBytes;
      window.offset = top * sourceRowBytes + left * CHANNELS;
      return;
    }
    int rowBytes = columns * CHANNELS;
    if (window.own.length < rows * rowBytes) {
      window.own = new byte[rows * rowBytes];
    }
    for (int y = 0; y < rows; y++) {
      int at = (top + y) * sourceRowBytes + left * CHANNELS;
      source.get(at, window.own, y * rowBytes, rowBytes);
    }
    window.bytes = window.own;
    window.rowBytes = rowBytes;
    window.offset = 0;
  }

  private synchronized byte[] whole() {
    if (copy.length == 0) {
      copy = new byte[source.capacity()];
      source.get(0, copy);
    }
    return copy;
  }
}
