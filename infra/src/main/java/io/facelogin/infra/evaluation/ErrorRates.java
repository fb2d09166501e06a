package io.facelogin.infra.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * False matches against misses over all thresholds (ISO/IEC 19795-1). False matches come from all
 * pairs of different people where these are known, misses from the listed pairs of one person.
 *
 * <p>Intervals are of 1,000 samples of people drawn with putting back and a fixed seed: the pairs
 * of one person are not independent. Where nobody knows people, pairs are drawn.
 */
public final class ErrorRates {

  private static final int SAMPLES = 1_000;
  private static final List<Double> RATES = List.of(1e-1, 1e-2, 1e-3, 1e-4, 1e-5);

  private final List<ScoredPair> genuine;
  private final ImpostorScores impostors;
  private final int[] subjects;
  private final int subjectCount;
  private final long seed;

  public ErrorRates(
      LabelledPictures pictures, List<ScoredPair> pairs, ImpostorScores impostors, long seed) {
    this.genuine = pairs.stream().filter(pair -> pair.pair().same()).toList();
    this.impostors = impostors;
    this.seed = seed;
    Map<Object, Integer> numbers = new LinkedHashMap<>();
    subjects =
        genuine.stream()
            .mapToInt(
                pair -> {
                  Object subject = pictures.subject(pair.pair());
                  Integer number = numbers.putIfAbsent(subject, numbers.size());
                  return number == null ? numbers.size() - 1 : number;
                })
            .toArray();
    subjectCount = numbers.size();
  }

  public ImpostorScores impostors() {
    return impostors;
  }

  public int genuinePairs() {
    return genuine.size();
  }

  /** One for each round rate of which the data has a false match at least. */
  public List<OperatingPoint> points() {
    List<OperatingPoint> points = new ArrayList<>();
    for (double rate : RATES) {
      if (impostors.pairs() * rate >= 1 - 1e-9) {
        points.add(point(rate, impostors.thresholdAt(rate)));
      }
    }
    return points;
  }

  /** What happens at a threshold that comes from elsewhere. */
  public OperatingPoint at(double threshold) {
    return point(impostors.falseMatchRate(threshold), threshold);
  }

  private OperatingPoint point(double rate, double threshold) {
    long misses = misses(threshold);
    long matches = impostors.reaching(threshold);
    return new OperatingPoint(
        rate,
        threshold,
        matches,
        impostors.pairs(),
        misses,
        genuine.size(),
        missInterval(threshold, misses),
        falseMatchInterval(threshold, matches));
  }

  private long misses(double threshold) {
    return genuine.stream().filter(pair -> !pair.reaches(threshold)).count();
  }

  public double missRate(double threshold) {
    return genuine.isEmpty() ? 0 : (double) misses(threshold) / genuine.size();
  }

  /** Where as many pairs of one person are missed as pairs of two are taken for one. */
  public double equalErrorRate() {
    double low = -1;
    double high = 1;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (missRate(middle) < impostors.falseMatchRate(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (missRate(low) + impostors.falseMatchRate(low)) / 2;
  }

  private Interval missInterval(double threshold, long misses) {
    if (misses == 0) {
      return Interval.ofNone(genuine.size());
    }
    int[] pairs = new int[subjectCount];
    int[] missed = new int[subjectCount];
    for (int i = 0; i < subjects.length; i++) {
      pairs[subjects[i]]++;
      missed[subjects[i]] += genuine.get(i).reaches(threshold) ? 0 : 1;
    }
    var random = new Random(seed);
    double[] rates = new double[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      long all = 0;
      long wrong = 0;
      for (int i = 0; i < subjectCount; i++) {
        int subject = random.nextInt(subjectCount);
        all += pairs[subject];
        wrong += missed[subject];
      }
      rates[sample] = (double) wrong / all;
    }
    return Interval.ofSamples(rates);
  }

  private Optional<Interval> falseMatchInterval(double threshold, long matches) {
    if (matches == 0) {
      return Optional.of(Interval.ofNone(impostors.pairs()));
    }
    if (!impostors.keeps(threshold)) {
      return Optional.empty();
    }
    var random = new Random(seed);
    double[] rates = new double[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      int[] weights = new int[impostors.people()];
      for (int i = 0; i < weights.length; i++) {
        weights[random.nextInt(weights.length)]++;
      }
      rates[sample] = impostors.falseMatchRate(threshold, weights);
    }
    return Optional.of(Interval.ofSamples(rates));
  }
}
