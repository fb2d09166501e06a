package io.facelogin.models.manifest;

import io.facelogin.models.manifest.ImpostorDistribution.Evidence;
import io.facelogin.models.manifest.ImpostorDistribution.GenuinePoint;
import io.facelogin.models.manifest.ImpostorDistribution.Point;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures the impostor distribution of an encoder: every pair of pictures of different people is
 * compared, none is kept. Besides the embeddings it needs a histogram and the {@value #PEAKS} most
 * similar pairs, so 30 million pairs take no more memory than 30 thousand. About 0.1 microseconds
 * per pair of 192 numbers; one thread.
 *
 * <p>The pairs are not independent: one picture is in thousands of them, and two people who look
 * alike give as many similar pairs as they have pictures to combine. So the rates are unbiased, but
 * a rate that rests on ten pairs may rest on two or three pairs of <em>people</em>: the measured
 * part ends at {@value #LEAST_PAIRS} pairs, and intervals must be taken over people, not pairs. A
 * few people with very many pictures would dominate; give at most a dozen of each.
 */
public final class ImpostorMeasurement {

  private static final int PEAKS = 5_000;

  /** Of all pairs, at most so many are peaks: the tail's law holds in the tail only. */
  private static final double PEAK_SHARE = 1e-3;

  /** Rates resting on fewer pairs than this are left to the tail. */
  private static final int LEAST_PAIRS = 30;

  /** Points per power of ten of the rate. */
  private static final int POINTS_PER_DECADE = 4;

  private static final double[] GENUINE_SHARES = {
    0.999, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.1, 0.05, 0.01
  };

  private ImpostorMeasurement() {}

  /**
   * @param byPerson unit vectors of each person, all of one length
   * @param source for the manifest: the data set and how its pictures were prepared
   * @throws IllegalArgumentException if there are too few pairs of different people to say
   *     anything: fewer than 10,000
   */
  public static ImpostorDistribution of(
      List<List<float[]>> byPerson, String source, LocalDate measured) {
    var impostors = new SimilarityHistogram(PEAKS);
    var genuine = new SimilarityHistogram(1);
    int pictures = 0;
    for (int person = 0; person < byPerson.size(); person++) {
      List<float[]> own = byPerson.get(person);
      pictures += own.size();
      for (int i = 0; i < own.size(); i++) {
        for (int j = 0; j < i; j++) {
          genuine.add(cosine(own.get(i), own.get(j)));
        }
        for (int other = 0; other < person; other++) {
          for (float[] vector : byPerson.get(other)) {
            impostors.add(cosine(own.get(i), vector));
          }
        }
      }
    }
    if (impostors.count() < 10_000) {
      throw new IllegalArgumentException(
          impostors.count()
              + " pairs of different people are too few for an impostor distribution: 10000 at"
              + " least, better millions");
    }
    double[] peaks = impostors.peaks((int) Math.min(PEAKS, impostors.count() * PEAK_SHARE));
    return new ImpostorDistribution(
        points(impostors),
        ParetoTail.fit(peaks, impostors.count()),
        genuinePoints(genuine),
        Optional.of(new Evidence(impostors.count(), pictures, byPerson.size(), source, measured)));
  }

  private static List<Point> points(SimilarityHistogram impostors) {
    List<Point> points = new ArrayList<>();
    for (int i = 1; ; i++) {
      double rate = round(Math.pow(10, -(double) i / POINTS_PER_DECADE), 1e-3);
      if (rate * impostors.count() < LEAST_PAIRS) {
        return points;
      }
      double similarity = impostors.reachedBy(rate);
      if (points.isEmpty() || similarity > points.get(points.size() - 1).similarity()) {
        points.add(new Point(rate, similarity));
      }
    }
  }

  private static List<GenuinePoint> genuinePoints(SimilarityHistogram genuine) {
    List<GenuinePoint> points = new ArrayList<>();
    for (double share : GENUINE_SHARES) {
      double pairsOutside = Math.min(share, 1 - share) * genuine.count();
      double similarity = pairsOutside < 5 ? 0 : genuine.reachedBy(share);
      if (pairsOutside >= 5
          && (points.isEmpty() || similarity > points.get(points.size() - 1).similarity())) {
        points.add(new GenuinePoint(share, similarity));
      }
    }
    return points;
  }

  /** To so many parts of itself, that the manifest has short numbers. */
  private static double round(double value, double part) {
    double unit = Math.pow(10, Math.floor(Math.log10(value))) * part;
    return Math.rint(value / unit) * unit;
  }

  private static float cosine(float[] a, float[] b) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i <= a.length - 4; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
