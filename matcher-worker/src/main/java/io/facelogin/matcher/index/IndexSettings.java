package io.facelogin.matcher.index;

import java.time.Duration;
import java.util.Locale;

/**
 * How templates are searched.
 *
 * @param mode which way of searching
 * @param searchWithin {@code AUTO} compares with every template as long as a search, measured here,
 *     takes no longer than this
 * @param recall that the index must reach over mates at the threshold; searchK is measured for it
 * @param trees of the index: more find more and cost disk and building time
 * @param rebuildAtShare the index is built again when what was enrolled since, or what was erased,
 *     is more than this share of it
 * @param watchedShare of the live searches that is repeated by plain comparison in the background
 */
public record IndexSettings(
    Mode mode,
    Duration searchWithin,
    double recall,
    int trees,
    double rebuildAtShare,
    double watchedShare) {

  /** Which way of searching. */
  public enum Mode {
    /** Exact while that is fast enough; above, the index if it is faster at the wanted recall. */
    AUTO,
    /** Compares with every template: nothing is missed. */
    EXACT,
    /** Annoy over what was there at the last build, exact over the rest. */
    ANNOY;

    /** As people type it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public IndexSettings {
    if (searchWithin.isNegative() || searchWithin.toMinutes() > 1) {
      throw new IllegalArgumentException("searchWithin must be 0 to 1 minute, got " + searchWithin);
    }
    if (!(recall >= 0.5 && recall <= 1)) {
      throw new IllegalArgumentException("recall must be 0.5 to 1, got " + recall);
    }
    if (trees < 1 || trees > 1_000) {
      throw new IllegalArgumentException("trees must be 1 to 1000, got " + trees);
    }
    if (!(rebuildAtShare > 0 && rebuildAtShare <= 1)) {
      throw new IllegalArgumentException(
          "rebuildAtShare must be above 0 and at most 1, got " + rebuildAtShare);
    }
    if (!(watchedShare >= 0 && watchedShare <= 1)) {
      throw new IllegalArgumentException("watchedShare must be 0 to 1, got " + watchedShare);
    }
  }

  public static IndexSettings defaults() {
    return new IndexSettings(Mode.AUTO, Duration.ofMillis(10), 0.998, 50, 0.1, 0.01);
  }

  public IndexSettings withMode(Mode mode) {
    return new IndexSettings(mode, searchWithin, recall, trees, rebuildAtShare, watchedShare);
  }

  public IndexSettings withSearchWithin(Duration searchWithin) {
    return new IndexSettings(mode, searchWithin, recall, trees, rebuildAtShare, watchedShare);
  }

  public IndexSettings withWatchedShare(double watchedShare) {
    return new IndexSettings(mode, searchWithin, recall, trees, rebuildAtShare, watchedShare);
  }

  double searchWithinMs() {
    return searchWithin.toNanos() / 1e6;
  }
}
