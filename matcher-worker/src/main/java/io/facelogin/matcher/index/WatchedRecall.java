package io.facelogin.matcher.index;

/**
 * Live searches that were repeated by plain comparison.
 *
 * @param mates those whose truly best person reached the threshold: a miss turned somebody away
 * @param matesFound of these, answered right
 * @param strangers the others: a miss has no consequence
 * @param strangersFound of these, answered right
 * @param dropped not repeated, because the watch was busy or the gallery had changed meanwhile
 */
public record WatchedRecall(
    long mates, long matesFound, long strangers, long strangersFound, long dropped) {

  /** Share of the mates that were found; NaN before the first. */
  public double recall() {
    return mates == 0 ? Double.NaN : (double) matesFound / mates;
  }
}
