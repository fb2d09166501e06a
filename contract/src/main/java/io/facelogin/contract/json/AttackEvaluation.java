package io.facelogin.contract.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often pictures of people pass for people, and people for pictures of them.
 *
 * @param data name of the folder
 * @param model of the attack detector
 * @param threshold of the attack score
 * @param pictures judged one by one, by their score alone
 * @param clips judged over time, as a log-in is: score, signs and relief
 * @param presentations each of them
 * @param failed those that could not be judged, most often since no face was found; they count in
 *     no rate
 */
public record AttackEvaluation(
    String data,
    String model,
    double threshold,
    Rates pictures,
    Rates clips,
    List<Verdict> presentations,
    List<UnusablePicture> failed) {

  /**
   * @param apcer by species: attacks that passed
   * @param bpcer people who did not
   */
  public record Rates(Map<String, ErrorShare> apcer, ErrorShare bpcer) {}

  /**
   * @param low of the interval of 95 % confidence
   */
  public record ErrorShare(int errors, int presentations, double rate, double low, double high) {}

  /**
   * @param kind species of the attack, or live
   * @param relief absent for pictures
   * @param decidedAfterMs from a clip's first frame to its verdict; absent for pictures, and where
   *     its frames brought none
   */
  public record Verdict(
      String file,
      String kind,
      boolean attack,
      boolean passed,
      double attackScore,
      @Nullable Double relief,
      List<String> signs,
      @Nullable Long decidedAfterMs) {}
}
