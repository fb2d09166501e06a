package io.facelogin.capture.source;

/**
 * An upright picture as JPEG.
 *
 * @param bytes shared, not copied: nobody may change them
 */
public record JpegPicture(byte[] bytes, int widthPx, int heightPx) {}
