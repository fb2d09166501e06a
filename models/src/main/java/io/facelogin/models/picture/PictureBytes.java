package io.facelogin.models.picture;

import java.nio.charset.StandardCharsets;

/** Reads numbers of a file; asking beyond its end says that it was cut off. */
record PictureBytes(byte[] bytes) {

  int at(long position) throws UnusablePictureException {
    require(position + 1);
    return bytes[(int) position] & 0xff;
  }

  /**
   * @throws UnusablePictureException if the file is shorter
   */
  void require(long length) throws UnusablePictureException {
    if (length > bytes.length || length < 0) {
      throw new UnusablePictureException(
          "The picture was cut off: it ends after " + bytes.length + " bytes");
    }
  }

  int bigEndian16(long position) throws UnusablePictureException {
    return at(position) << 8 | at(position + 1);
  }

  long bigEndian32(long position) throws UnusablePictureException {
    return (long) bigEndian16(position) << 16 | bigEndian16(position + 2);
  }

  int littleEndian16(long position) throws UnusablePictureException {
    return at(position) | at(position + 1) << 8;
  }

  int littleEndian24(long position) throws UnusablePictureException {
    return littleEndian16(position) | at(position + 2) << 16;
  }

  long littleEndian32(long position) throws UnusablePictureException {
    return littleEndian16(position) | (long) littleEndian16(position + 2) << 16;
  }

  boolean startsWith(long position, String ascii) throws UnusablePictureException {
    return startsWith(position, ascii.getBytes(StandardCharsets.US_ASCII));
  }

  boolean startsWith(long position, byte[] wanted) throws UnusablePictureException {
    if (position == 0 && bytes.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (at(position + i) != (wanted[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  boolean startsWith(long position, int... wanted) throws UnusablePictureException {
    byte[] signature = new byte[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      signature[i] = (byte) wanted[i];
    }
    return startsWith(position, signature);
  }
}
