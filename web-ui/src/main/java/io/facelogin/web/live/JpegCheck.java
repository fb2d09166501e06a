package io.facelogin.web.live;

import io.facelogin.contract.kafka.Topics;

/**
 * Keeps from the topic what is no JPEG at all. Whether it can be decoded, the detector finds out.
 */
final class JpegCheck {

  private static final int SHORTEST = 100;

  private JpegCheck() {}

  static boolean isAcceptable(byte[] bytes) {
    return bytes.length >= SHORTEST
        && bytes.length <= Topics.MAX_JPEG_BYTES
        && (bytes[0] & 0xff) == 0xff
        && (bytes[1] & 0xff) == 0xd8
        && (bytes[2] & 0xff) == 0xff;
  }
}
