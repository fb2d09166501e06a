package io.facelogin.models.quality;

import io.facelogin.models.AlignedFace;

/**
 * Light and sharpness of the face in a crop, on its grey values (ITU-R BT.601). Only the middle of
 * the crop counts, from brow to chin and from cheek to cheek: a bright window beside a dark face
 * says nothing about the face.
 *
 * @param laplacianVariance of the 4-neighbour Laplacian without the rim; grows with sharpness and
 *     with contrast
 */
record GreyStatistics(float mean, float standardDeviation, float laplacianVariance) {

  private static final double LEFT = 1 / 7.0;
  private static final double TOP = 5 / 28.0;
  private static final double BOTTOM = 27 / 28.0;

  static GreyStatistics of(AlignedFace crop) {
    int left = (int) Math.round(LEFT * crop.widthPx());
    int top = (int) Math.round(TOP * crop.heightPx());
    int width = crop.widthPx() - 2 * left;
    int height = (int) Math.round(BOTTOM * crop.heightPx()) - top;
    byte[] rgb = crop.rgb();
    float[] grey = new float[width * height];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < grey.length; i++) {
      int pixel = 3 * ((top + i / width) * crop.widthPx() + left + i % width);
      float value =
          0.299f * (rgb[pixel] & 0xff)
              + 0.587f * (rgb[pixel + 1] & 0xff)
              + 0.114f * (rgb[pixel + 2] & 0xff);
      grey[i] = value;
      sum += value;
      squares += value * value;
    }
    double mean = sum / grey.length;
    double variance = Math.max(0, squares / grey.length - mean * mean);
    return new GreyStatistics(
        (float) mean, (float) Math.sqrt(variance), laplacianVariance(grey, width, height));
  }

  private static float laplacianVariance(float[] grey, int width, int height) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int i = y * width + x;
        double value = grey[i - width] + grey[i + width] + grey[i - 1] + grey[i + 1] - 4 * grey[i];
        sum += value;
        squares += value * value;
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    return count == 0 ? 0 : (float) (squares / count - mean * mean);
  }
}
