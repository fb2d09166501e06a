package io.facelogin.models;

/**
 * A face turned and scaled to an alignment template, ready for the encoder.
 *
 * @param rgb row by row, three bytes a pixel; shared, not copied: nobody writes to it
 * @param alignment name of the template
 */
public record AlignedFace(byte[] rgb, int widthPx, int heightPx, String alignment) {

  public AlignedFace {
    if (rgb.length != widthPx * heightPx * 3) {
      throw new IllegalArgumentException(
          rgb.length + " bytes are no RGB picture of " + widthPx + " x " + heightPx + " px");
    }
  }
}
