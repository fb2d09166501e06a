package io.facelogin.infra.benchmark.fpir;

/**
 * One line of the simulation.
 *
 * @param people in the gallery
 * @param templates of them together, mean over the draws
 * @param calibrationPeople on whose pictures alone the threshold rests
 * @param wantedFpir what the operator asks for
 * @param threshold cosine similarity, mean over the draws
 * @param extrapolatedShare of the draws, those whose threshold lies beyond what was measured
 * @param fpir share of strangers' pictures that reached the threshold with somebody
 * @param lowFpir lower end of the 95 % interval over people
 * @param highFpir upper end
 * @param fpirWithMargin the same where the next person must also be less similar by the margin of
 *     the decision rules
 * @param strangers different people that were tried
 * @param tries pictures of them, over all draws
 */
public record FpirResult(
    int people,
    int templates,
    int calibrationPeople,
    double wantedFpir,
    double threshold,
    double extrapolatedShare,
    double fpir,
    double lowFpir,
    double highFpir,
    double fpirWithMargin,
    int strangers,
    long tries) {

  /** Whether no more strangers got in than promised, as far as the data can tell. */
  public boolean isKept() {
    return lowFpir <= wantedFpir;
  }
}
