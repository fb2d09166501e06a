package io.facelogin.matcher.index;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds by measurement how deep an index must be searched. The probes are made from the gallery's
 * own templates, at a fixed cosine to one of them: most at the hardest cosine that still counts,
 * some easier. A probe is missed when the best that the index returns is less similar than the
 * template that the probe was made from.
 */
class SearchDepth {

  private static final int HARDEST_MATES = 1_000;
  private static final int EASIER_MATES = 100;
  private static final double EASIER_BY = 0.1;
  private static final double EASIEST = 0.75;
  private static final int SMALLEST_SEARCH_K = 500;

  /** Searches before a depth is given up for being too slow. */
  private static final int TIMED_AT_LEAST = 100;

  /** What was found; a recall below the wanted one means that no depth was good and fast enough. */
  record Found(int searchK, double recall, double meanMs) {}

  private final double wantedRecall;

  SearchDepth(double wantedRecall) {
    this.wantedRecall = wantedRecall;
  }

  Found find(AnnoyBase base, double hardestCosine, double slowestMs) throws InterruptedException {
    int searchK = SMALLEST_SEARCH_K;
    while (true) {
      searchK = Math.min(searchK, base.largestSearchK());
      Found found = measure(base, searchK, hardestCosine, slowestMs);
      if (found.recall >= wantedRecall
          || found.meanMs > slowestMs
          || searchK == base.largestSearchK()) {
        return found;
      }
      searchK = (int) Math.min(Integer.MAX_VALUE, searchK * 3L / 2);
    }
  }

  private Found measure(AnnoyBase base, int searchK, double hardestCosine, double slowestMs)
      throws InterruptedException {
    double weakest = 1;
    long nanos = 0;
    int searches = 0;
    for (double cosine = hardestCosine; cosine < EASIEST; cosine += EASIER_BY) {
      int mates = searches == 0 ? HARDEST_MATES : EASIER_MATES;
      int allowed = (int) Math.floor((1 - wantedRecall) * mates + 1e-9);
      int missed = 0;
      Random random = new Random(searches + 1);
      for (int i = 0; i < mates; i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        int id = random.nextInt(base.size());
        float[] probe = SyntheticMates.like(base::copy, id, base.dimension(), cosine, random);
        long startedAt = System.nanoTime();
        BestPeople best = new BestPeople(1, Set.of());
        base.search(probe, searchK, best, Set.of());
        nanos += System.nanoTime() - startedAt;
        searches++;
        if (!base.entry(id).erased && best.bar() < base.similarity(probe, id) - 1e-5f) {
          missed++;
        }
        double meanMs = millis(nanos, searches);
        if (missed > allowed || (searches >= TIMED_AT_LEAST && meanMs > slowestMs)) {
          return new Found(
              searchK, Math.min(wantedRecall - 1e-9, 1 - (double) missed / (i + 1)), meanMs);
        }
      }
      weakest = Math.min(weakest, 1 - (double) missed / mates);
    }
    return new Found(searchK, weakest, millis(nanos, searches));
  }

  private static double millis(long nanos, int searches) {
    return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1) / searches;
  }
}
