package io.facelogin.detector.follow;

/**
 * How a camera's exposure and gain changed between two grey pictures of one scene, and how noisy
 * they are. By medians, so that what moves, up to half of the picture, has no say.
 *
 * @param dark grey value at the middle of the darker half, and its change
 * @param bright likewise of the brighter half
 * @param noise standard deviation of the difference of two pixels, from the median deviation
 */
record Exposure(float dark, float darkChange, float bright, float brightChange, float noise) {

  /** A median deviation is this much less than a standard deviation. */
  private static final float MEDIAN_TO_SIGMA = 1.4826f;

  /**
   * A camera changes its gain and its level by less from one picture to the next. Beyond, something
   * came or went: a face that gives way to a plain wall looks like a gain of nothing.
   */
  private static final float LEAST_GAIN = 0.7f;

  private static final float MOST_GAIN = 1.4f;
  private static final float MOST_LEVEL_CHANGE = 64;

  static Exposure between(byte[] before, byte[] now) {
    int[] values = new int[256];
    for (byte value : before) {
      values[value & 0xff]++;
    }
    int middle = median(values, before.length);
    int[] darkValues = new int[256];
    int[] brightValues = new int[256];
    int[] darkChanges = new int[511];
    int[] brightChanges = new int[511];
    int darks = 0;
    for (int i = 0; i < before.length; i++) {
      int value = before[i] & 0xff;
      int change = (now[i] & 0xff) - value + 255;
      if (value <= middle) {
        darkValues[value]++;
        darkChanges[change]++;
        darks++;
      } else {
        brightValues[value]++;
        brightChanges[change]++;
      }
    }
    int brights = before.length - darks;
    float dark = median(darkValues, darks);
    float darkChange = median(darkChanges, darks) - 255;
    float bright = brights == 0 ? dark : median(brightValues, brights);
    float brightChange = brights == 0 ? darkChange : median(brightChanges, brights) - 255;
    Exposure exact = new Exposure(dark, darkChange, bright, brightChange, 0);
    if (!exact.isOfACamera()) {
      exact = new Exposure(dark, 0, bright, 0, 0);
    }
    int[] deviations = new int[512];
    for (int i = 0; i < before.length; i++) {
      float off = Math.abs((now[i] & 0xff) - exact.expected(before[i] & 0xff));
      deviations[Math.min(511, Math.round(off))]++;
    }
    return new Exposure(
        dark,
        exact.darkChange(),
        bright,
        exact.brightChange(),
        MEDIAN_TO_SIGMA * median(deviations, before.length));
  }

  private boolean isOfACamera() {
    float spread = bright - dark;
    float gain = spread < 8 ? 1 : (spread + brightChange - darkChange) / spread;
    return gain >= LEAST_GAIN
        && gain <= MOST_GAIN
        && Math.abs(darkChange + brightChange) / 2 <= MOST_LEVEL_CHANGE;
  }

  /** What a pixel should be now if nothing moved. */
  float expected(int before) {
    float spread = bright - dark;
    float change =
        spread < 8
            ? (darkChange + brightChange) / 2
            : darkChange + (brightChange - darkChange) * (before - dark) / spread;
    return Math.max(0, Math.min(255, before + change));
  }

  private static int median(int[] counts, int total) {
    int seen = 0;
    for (int value = 0; value < counts.length; value++) {
      seen += counts[value];
      if (2 * seen >= total && seen > 0) {
        return value;
      }
    }
    return 0;
  }
}
