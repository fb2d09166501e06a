package io.facelogin.infra.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How similar faces of different people are, from all pairs that there are: the tail that a false
 * match comes from is long and thin. Similarities are counted in steps of 1e-4; the few highest are
 * kept with the two people, to be drawn again for intervals.
 */
public final class ImpostorScores {

  private static final int STEPS_PER_UNIT = 10_000;
  private static final int MOST_KEPT = 100_000;

  /** A pair of people that looks alike. */
  record Alike(int first, int second, float cosineSimilarity) {}

  private final long[] counts = new long[2 * STEPS_PER_UNIT + 2];
  private final List<Alike> alike = new ArrayList<>();
  private final int[] picturesOf;
  private long pairs;
  private double keptFrom = 2;

  private ImpostorScores(int[] picturesOf) {
    this.picturesOf = picturesOf;
  }

  /**
   * Compares each picture with every picture of somebody else: about 1 ns for each pair and four
   * dimensions.
   *
   * @param vectors unit vectors
   * @param people of each vector the number of its person, from 0 on
   */
  public static ImpostorScores ofAll(List<float[]> vectors, int[] people) {
    int[] pictures = new int[1 + java.util.Arrays.stream(people).max().orElse(0)];
    for (int person : people) {
      pictures[person]++;
    }
    var scores = new ImpostorScores(pictures);
    for (int a = 0; a < people.length; a++) {
      for (int b = a + 1; b < people.length; b++) {
        if (people[a] != people[b]) {
          scores.count(cosine(vectors.get(a), vectors.get(b)));
        }
      }
    }
    scores.keptFrom = scores.thresholdAt((double) MOST_KEPT / Math.max(MOST_KEPT, scores.pairs));
    for (int a = 0; a < people.length; a++) {
      for (int b = a + 1; b < people.length; b++) {
        float similarity = people[a] == people[b] ? -2 : cosine(vectors.get(a), vectors.get(b));
        if (similarity >= scores.keptFrom) {
          scores.alike.add(new Alike(people[a], people[b], similarity));
        }
      }
    }
    return scores;
  }

  /** Of listed pairs, where nobody knows who the people are. */
  public static ImpostorScores ofListed(List<ScoredPair> pairs) {
    var scores = new ImpostorScores(new int[0]);
    pairs.stream()
        .filter(pair -> !pair.pair().same() && pair.cosineSimilarity().isPresent())
        .forEach(pair -> scores.count((float) pair.cosineSimilarity().orElseThrow()));
    return scores;
  }

  private void count(float similarity) {
    counts[step(similarity)]++;
    pairs++;
  }

  /** Steps are numbered so that what lies on a step's lower edge belongs to it. */
  private static int step(double similarity) {
    long step = (long) Math.floor((similarity + 1) * STEPS_PER_UNIT + 1e-3);
    return (int) Math.max(0, Math.min(2L * STEPS_PER_UNIT, step));
  }

  private static double edge(int step) {
    return (double) step / STEPS_PER_UNIT - 1;
  }

  private static float cosine(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + s2 + s3;
  }

  public long pairs() {
    return pairs;
  }

  /** The lowest threshold, in steps of 1e-4, that at most this share of the pairs reaches. */
  public double thresholdAt(double falseMatchRate) {
    // 1e-9: 1000 x 0.001 is a little below 1 in floating point.
    long allowed = (long) (pairs * falseMatchRate + 1e-9);
    long above = 0;
    for (int step = 2 * STEPS_PER_UNIT; step >= 0; step--) {
      above += counts[step];
      if (above > allowed) {
        return edge(step + 1);
      }
    }
    return -1;
  }

  public long reaching(double threshold) {
    long above = 0;
    for (int step = step(threshold); step < counts.length; step++) {
      above += counts[step];
    }
    return above;
  }

  public double falseMatchRate(double threshold) {
    return pairs == 0 ? 0 : (double) reaching(threshold) / pairs;
  }

  /** Whether the pairs that reach this threshold were all kept with their people. */
  boolean keeps(double threshold) {
    return picturesOf.length > 0 && threshold >= keptFrom;
  }

  /**
   * The rate, had each person been drawn so often.
   *
   * @param weights by person
   */
  double falseMatchRate(double threshold, int[] weights) {
    long matches = 0;
    for (Alike pair : alike) {
      if (pair.cosineSimilarity() >= threshold) {
        matches += (long) weights[pair.first()] * weights[pair.second()];
      }
    }
    long sum = 0;
    long squares = 0;
    for (int person = 0; person < picturesOf.length; person++) {
      long pictures = (long) weights[person] * picturesOf[person];
      sum += pictures;
      squares += pictures * pictures;
    }
    long all = (sum * sum - squares) / 2;
    return all == 0 ? 0 : (double) matches / all;
  }

  int people() {
    return picturesOf.length;
  }
}
