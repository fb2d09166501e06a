package io.facelogin.models.mtcnn;

/**
 * Along one axis: which pixels make up each of the final ones, and with what weight, as OpenCV's
 * INTER_AREA has it. Pixels outside of the picture count as black, so they are left out. Reused
 * from crop to crop; one thread writes it.
 */
final class Sampling {

  /** A share of a pixel below this is none to OpenCV. */
  private static final double LEAST_SHARE = 1e-3;

  private int[] start = new int[0];
  private int[] count = new int[0];
  private float[] weights = new float[0];
  private int perPixel;
  private int picturePx;
  private int firstPixel;
  private int endPixel;

  /**
   * @param from first pixel of the crop; may be outside of the picture
   * @param length of the crop in pixels
   * @param side what it is brought to
   * @param limitPx pixels of the picture along this axis
   * @param enlarge between two pixels each, as INTER_AREA does where it has to enlarge
   */
  void set(int from, int length, int side, int limitPx, boolean enlarge) {
    double scale = (double) length / side;
    perPixel = enlarge ? 2 : (int) Math.ceil(scale) + 2;
    picturePx = limitPx;
    if (start.length < side) {
      start = new int[side];
      count = new int[side];
    }
    if (weights.length < perPixel * side) {
      weights = new float[perPixel * side];
    }
    firstPixel = Integer.MAX_VALUE;
    endPixel = 0;
    for (int i = 0; i < side; i++) {
      start[i] = 0;
      count[i] = 0;
      if (enlarge) {
        between(i, from, length, scale);
      } else {
        mean(i, from, length, scale);
      }
      if (count[i] > 0) {
        firstPixel = Math.min(firstPixel, start[i]);
        endPixel = Math.max(endPixel, start[i] + count[i]);
      }
    }
    if (endPixel == 0) {
      firstPixel = 0;
    }
  }

  private void mean(int i, int from, int length, double scale) {
    double begin = i * scale;
    double end = begin + scale;
    double cell = Math.min(scale, length - begin);
    int last = Math.min((int) end, length - 1);
    int first = Math.min((int) Math.ceil(begin), last);
    if (first - begin > LEAST_SHARE) {
      add(i, from + first - 1, (first - begin) / cell);
    }
    for (int pixel = first; pixel < last; pixel++) {
      add(i, from + pixel, 1 / cell);
    }
    if (end - last > LEAST_SHARE) {
      add(i, from + last, Math.min(Math.min(end - last, 1), cell) / cell);
    }
  }

  private void between(int i, int from, int length, double scale) {
    int left = (int) Math.floor(i * scale);
    double share = i + 1 - (left + 1) / scale;
    share = share <= 0 ? 0 : share - Math.floor(share);
    if (left >= length - 1) {
      left = length - 1;
      share = 0;
    }
    add(i, from + left, 1 - share);
    add(i, from + left + 1, share);
  }

  private void add(int i, int pixel, double weight) {
    if (pixel < 0 || pixel >= picturePx) {
      return;
    }
    if (count[i] == 0) {
      start[i] = pixel;
    }
    weights[i * perPixel + count[i]++] = (float) weight;
  }

  /** First pixel of the picture that counts. */
  int firstPixel() {
    return firstPixel;
  }

  /** The one after the last that counts; 0 where none does. */
  int endPixel() {
    return endPixel;
  }

  int start(int i) {
    return start[i];
  }

  int count(int i) {
    return count[i];
  }

  float weight(int i, int k) {
    return weights[i * perPixel + k];
  }
}
