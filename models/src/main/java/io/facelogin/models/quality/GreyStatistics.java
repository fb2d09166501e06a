package io.facelogin.models.quality;

import io.facelogin.models.AlignedFace;

/**
 * Light and sharpness of a crop, on its grey values (ITU-R BT.601).
 *
 * @param laplacianVariance of the 4-neighbour Laplacian without the rim; grows with sharpness and
 *     with contrast
 */
record GreyStatistics(float mean, float standardDeviation, float laplacianVariance) {

  static GreyStatistics of(AlignedFace crop) {
    int width = crop.widthPx();
    int height = crop.heightPx();
    byte[] rgb = crop.rgb();
    float[] grey = new float[width * height];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < grey.length; i++) {
      float value =
          0.299f * (rgb[3 * i] & 0xff)
              + 0.587f * (rgb[3 * i + 1] & 0xff)
              + 0.114f * (rgb[3 * i + 2] & 0xff);
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
