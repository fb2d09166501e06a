package io.facelogin.models.picture;

import java.util.Arrays;

/**
 * What a picture file says of itself, read without decoding it. The first bytes decide about the
 * format, never a name.
 */
record PictureHeader(Format format, long widthPx, long heightPx) {

  /** The formats that we take. */
  enum Format {
    JPEG,
    PNG,
    WEBP,
    GIF,
    BMP
  }

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  long pixels() {
    return widthPx * heightPx;
  }

  /**
   * @throws UnusablePictureException if the bytes are of no format that we take, have no size, or
   *     end too early
   */
  static PictureHeader of(byte[] bytes) throws UnusablePictureException {
    if (bytes.length == 0) {
      throw new UnusablePictureException("The file is empty");
    }
    PictureBytes file = new PictureBytes(bytes);
    PictureHeader header = header(file);
    if (header.widthPx <= 0 || header.heightPx <= 0) {
      throw new UnusablePictureException(
          "The " + header.format + " says its size is " + header.widthPx + " x " + header.heightPx);
    }
    return header;
  }

  private static PictureHeader header(PictureBytes file) throws UnusablePictureException {
    if (file.startsWith(0, 0xff, 0xd8, 0xff)) {
      return JpegStructure.header(file);
    }
    if (file.startsWith(0, PNG_SIGNATURE)) {
      return png(file);
    }
    if (file.startsWith(0, "RIFF") && file.startsWith(8, "WEBP")) {
      return webp(file);
    }
    if (file.startsWith(0, "GIF87a") || file.startsWith(0, "GIF89a")) {
      return new PictureHeader(Format.GIF, file.littleEndian16(6), file.littleEndian16(8));
    }
    if (file.startsWith(0, "BM")) {
      // A negative height means rows from top to bottom.
      return new PictureHeader(
          Format.BMP,
          (int) file.littleEndian32(18),
          Math.abs((long) (int) file.littleEndian32(22)));
    }
    throw new UnusablePictureException(
        "Not a picture of a kind that is taken; these are "
            + String.join(", ", Arrays.stream(Format.values()).map(Format::name).toList()));
  }

  private static PictureHeader png(PictureBytes file) throws UnusablePictureException {
    long at = PNG_SIGNATURE.length;
    while (!file.startsWith(at + 4, "IEND")) {
      at += 12 + file.bigEndian32(at);
    }
    // OpenCV would take memory for what even the last chunk claims: 4 GB for a file of 46 bytes.
    if (file.bigEndian32(at) != 0) {
      throw new UnusablePictureException("The PNG is damaged: its last chunk is not empty");
    }
    return new PictureHeader(Format.PNG, file.bigEndian32(16), file.bigEndian32(20));
  }

  private static PictureHeader webp(PictureBytes file) throws UnusablePictureException {
    file.require(8 + file.littleEndian32(4));
    if (file.startsWith(12, "VP8X")) {
      return new PictureHeader(
          Format.WEBP, 1 + file.littleEndian24(24), 1 + file.littleEndian24(27));
    }
    if (file.startsWith(12, "VP8L")) {
      long bits = file.littleEndian32(21);
      return new PictureHeader(Format.WEBP, 1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff));
    }
    return new PictureHeader(
        Format.WEBP, file.littleEndian16(26) & 0x3fff, file.littleEndian16(28) & 0x3fff);
  }
}
