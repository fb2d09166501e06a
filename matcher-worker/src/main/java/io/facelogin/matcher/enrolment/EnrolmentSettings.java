package io.facelogin.matcher.enrolment;

/**
 * What an enrolment needs.
 *
 * @param minSamples good samples of one person, unless a single photograph is expressly allowed
 * @param sampleFalseMatchRate samples agree when they are more similar than this share of pairs of
 *     different people
 * @param duplicateFalseMatchRate somebody else enrolled is a duplicate when more similar than this
 *     share of pairs of different people
 */
public record EnrolmentSettings(
    int minSamples, double sampleFalseMatchRate, double duplicateFalseMatchRate) {

  public EnrolmentSettings {
    if (minSamples < 1 || minSamples > 20) {
      throw new IllegalArgumentException("minSamples must be 1 to 20, got " + minSamples);
    }
    if (!(sampleFalseMatchRate > 0 && sampleFalseMatchRate < 1)
        || !(duplicateFalseMatchRate > 0 && duplicateFalseMatchRate < 1)) {
      throw new IllegalArgumentException(
          "false match rates must be between 0 and 1, got "
              + sampleFalseMatchRate
              + " and "
              + duplicateFalseMatchRate);
    }
  }

  public static EnrolmentSettings defaults() {
    return new EnrolmentSettings(3, 1e-2, 1e-5);
  }
}
