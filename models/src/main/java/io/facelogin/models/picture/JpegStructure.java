package io.facelogin.models.picture;

import io.facelogin.models.picture.PictureHeader.Format;
import org.jspecify.annotations.Nullable;

/** Walks the segments of a JPEG from its start to its end marker. */
final class JpegStructure {

  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private JpegStructure() {}

  /**
   * @throws UnusablePictureException if a segment or the end marker is missing; whatever follows
   *     the end marker does not matter
   */
  static PictureHeader header(PictureBytes file) throws UnusablePictureException {
    PictureHeader size = null;
    long at = 2;
    while (true) {
      int marker = marker(file, at);
      if (marker == END_OF_IMAGE) {
        return found(size);
      }
      if (isFrame(marker)) {
        size = new PictureHeader(Format.JPEG, file.bigEndian16(at + 7), file.bigEndian16(at + 5));
      }
      at += 2 + file.bigEndian16(at + 2);
      if (marker == START_OF_SCAN) {
        found(size);
        at = endOfScan(file, at);
      } else {
        at = skipFill(file, at);
      }
    }
  }

  private static int marker(PictureBytes file, long at) throws UnusablePictureException {
    if (file.at(at) != 0xff) {
      throw new UnusablePictureException(
          "The JPEG is damaged: byte " + at + " should begin a segment");
    }
    return file.at(at + 1);
  }

  private static PictureHeader found(@Nullable PictureHeader size) throws UnusablePictureException {
    if (size == null) {
      throw new UnusablePictureException("The JPEG is damaged: it does not say its size");
    }
    return size;
  }

  /** SOF0 to SOF15, among which DHT, JPG and DAC lie. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** Compressed data end at the next marker that is neither a stuffed byte nor a restart. */
  private static long endOfScan(PictureBytes file, long from) throws UnusablePictureException {
    long at = from;
    while (true) {
      if (file.at(at) == 0xff) {
        int next = file.at(at + 1);
        boolean restart = next >= 0xd0 && next <= 0xd7;
        if (next != 0 && next != 0xff && !restart) {
          return at;
        }
      }
      at++;
    }
  }

  /** Any number of 0xff may stand before a marker. */
  private static long skipFill(PictureBytes file, long from) throws UnusablePictureException {
    long at = from;
    while (file.at(at) == 0xff && file.at(at + 1) == 0xff) {
      at++;
    }
    return at;
  }
}
