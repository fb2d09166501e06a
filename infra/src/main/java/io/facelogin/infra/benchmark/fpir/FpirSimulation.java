package io.facelogin.infra.benchmark.fpir;

import io.facelogin.matcher.decision.DecisionSettings;
import io.facelogin.matcher.decision.ThresholdPolicy;
import io.facelogin.matcher.decision.ThresholdPolicy.Threshold;
import io.facelogin.models.manifest.ImpostorMeasurement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Plays strangers against galleries of real pictures. In every draw the people are split anew into
 * three parts that share nobody: on the first the impostor distribution is measured, the second is
 * enrolled, every picture of the third is a probe. The threshold is that of the product's own
 * policy, asked only for the FPIR. One thread.
 *
 * <p>The interval is a bootstrap over strangers, since pictures of one person succeed together.
 * Which people are enrolled and calibrated on varies between draws and is averaged.
 */
public final class FpirSimulation {

  private static final int BOOTSTRAPS = 1_000;

  /** With one picture each, 11,000 pairs: {@link ImpostorMeasurement} refuses fewer than 10,000. */
  private static final int LEAST_CALIBRATING = 150;

  private final List<List<float[]>> people;
  private final int draws;
  private final Random random;

  /**
   * @param people unit vectors of each person
   * @param draws how often people are split anew
   */
  public FpirSimulation(List<List<float[]>> people, int draws, long seed) {
    this.people = people;
    this.draws = draws;
    random = new Random(seed);
  }

  /** Whether so many can be enrolled and enough remain to calibrate on and to try. */
  public static boolean isPossible(int available, int enrolled) {
    return calibrating(available, enrolled) >= LEAST_CALIBRATING;
  }

  /**
   * @param enrolled people in the gallery
   * @param templatesEach at most, of each person enrolled
   */
  public FpirResult run(int enrolled, int templatesEach, double wantedFpir) {
    int calibrating = calibrating(people.size(), enrolled);
    double[] accepted = new double[people.size()];
    double[] withMargin = new double[people.size()];
    double[] tried = new double[people.size()];
    double thresholds = 0;
    int extrapolated = 0;
    long templates = 0;
    for (int draw = 0; draw < draws; draw++) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, people.size()).boxed().toList());
      Collections.shuffle(order, random);
      List<List<float[]>> gallery =
          order.subList(calibrating, calibrating + enrolled).stream()
              .map(person -> some(people.get(person), templatesEach))
              .toList();
      int galleryTemplates = gallery.stream().mapToInt(List::size).sum();
      Threshold threshold =
          policy(order.subList(0, calibrating), wantedFpir).at(enrolled, galleryTemplates);
      thresholds += threshold.cosineSimilarity();
      extrapolated += threshold.extrapolated() ? 1 : 0;
      templates += galleryTemplates;
      for (int stranger : order.subList(calibrating + enrolled, people.size())) {
        for (float[] probe : people.get(stranger)) {
          double[] best = bestTwo(probe, gallery);
          boolean in = best[0] >= threshold.cosineSimilarity();
          tried[stranger]++;
          accepted[stranger] += in ? 1 : 0;
          withMargin[stranger] +=
              in && best[0] - best[1] >= DecisionSettings.defaults().margin() ? 1 : 0;
        }
      }
    }
    double[] interval = interval(accepted, tried);
    return new FpirResult(
        enrolled,
        (int) (templates / draws),
        calibrating,
        wantedFpir,
        thresholds / draws,
        (double) extrapolated / draws,
        sum(accepted) / sum(tried),
        interval[0],
        interval[1],
        sum(withMargin) / sum(tried),
        (int) Arrays.stream(tried).filter(tries -> tries > 0).count(),
        (long) sum(tried));
  }

  /** Half of the people where the gallery leaves them, else half of what it leaves. */
  private static int calibrating(int available, int enrolled) {
    return Math.min(available / 2, (available - enrolled) / 2);
  }

  private ThresholdPolicy policy(List<Integer> calibrating, double wantedFpir) {
    return new ThresholdPolicy(
        ImpostorMeasurement.of(
            calibrating.stream().map(people::get).toList(), "simulation", LocalDate.EPOCH),
        wantedFpir,
        1);
  }

  private List<float[]> some(List<float[]> pictures, int most) {
    List<float[]> shuffled = new ArrayList<>(pictures);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(most, shuffled.size()));
  }

  private static double[] bestTwo(float[] probe, List<List<float[]>> gallery) {
    double best = -1;
    double next = -1;
    for (List<float[]> person : gallery) {
      double similarity = -1;
      for (float[] template : person) {
        similarity = Math.max(similarity, cosine(probe, template));
      }
      if (similarity > best) {
        next = best;
        best = similarity;
      } else {
        next = Math.max(next, similarity);
      }
    }
    return new double[] {best, next};
  }

  private static float cosine(float[] a, float[] b) {
    float even = 0;
    float odd = 0;
    for (int i = 0; i + 1 < a.length; i += 2) {
      even += a[i] * b[i];
      odd += a[i + 1] * b[i + 1];
    }
    return even + odd + (a.length % 2 == 1 ? a[a.length - 1] * b[a.length - 1] : 0);
  }

  private double[] interval(double[] accepted, double[] tried) {
    int[] strangers = IntStream.range(0, tried.length).filter(i -> tried[i] > 0).toArray();
    double[] rates = new double[BOOTSTRAPS];
    for (int i = 0; i < BOOTSTRAPS; i++) {
      double in = 0;
      double all = 0;
      for (int j = 0; j < strangers.length; j++) {
        int stranger = strangers[random.nextInt(strangers.length)];
        in += accepted[stranger];
        all += tried[stranger];
      }
      rates[i] = in / all;
    }
    Arrays.sort(rates);
    return new double[] {rates[BOOTSTRAPS / 40], rates[BOOTSTRAPS - 1 - BOOTSTRAPS / 40]};
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
