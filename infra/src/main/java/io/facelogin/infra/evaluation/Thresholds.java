package io.facelogin.infra.evaluation;

import java.util.Comparator;
import java.util.List;

/** Chooses thresholds of cosine similarity from scored pairs. */
final class Thresholds {

  private Thresholds() {}

  /**
   * The threshold that judges most pairs right. It lies half-way between two similarities, so that
   * pairs not seen yet have room on both sides. Pairs without a similarity teach nothing.
   */
  static double mostAccurate(List<ScoredPair> pairs) {
    List<ScoredPair> ascending =
        pairs.stream()
            .filter(pair -> pair.cosineSimilarity().isPresent())
            .sorted(Comparator.comparingDouble(Thresholds::similarity))
            .toList();
    if (ascending.isEmpty()) {
      return 0;
    }
    // Below all: exactly the pairs of one person are right. Each step up decides one pair anew.
    long right = ascending.stream().filter(pair -> pair.pair().same()).count();
    long most = right;
    double best = similarity(ascending.get(0)) - 1e-3;
    for (int i = 0; i < ascending.size(); i++) {
      right += ascending.get(i).pair().same() ? -1 : 1;
      double here = similarity(ascending.get(i));
      double next = i + 1 < ascending.size() ? similarity(ascending.get(i + 1)) : here + 2e-3;
      if (right > most && next > here) {
        most = right;
        best = (here + next) / 2;
      }
    }
    return best;
  }

  private static double similarity(ScoredPair pair) {
    return pair.cosineSimilarity().orElseThrow();
  }
}
