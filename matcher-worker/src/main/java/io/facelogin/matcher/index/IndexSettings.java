package io.facelogin.matcher.index;

/**
 * How templates are searched.
 *
 * @param mode which way of searching
 * @param exactUpToTemplates {@code AUTO} scans everything up to this many templates; above, the
 *     index is used
 * @param trees of the index: more find more and cost disk and building time
 * @param searchK candidates that a search of the index looks at: more find more and take longer
 * @param rebuildAtShare the index is built again when what was enrolled since, or what was erased,
 *     is more than this share of it
 */
public record IndexSettings(
    Mode mode, int exactUpToTemplates, int trees, int searchK, double rebuildAtShare) {

  /** Which way of searching. */
  public enum Mode {
    /** Exact while that is fast enough, the index above. */
    AUTO,
    /** Compares with every template: nothing is missed. */
    EXACT,
    /** Annoy over what was there at the last build, exact over the rest. */
    ANNOY
  }

  public IndexSettings {
    if (exactUpToTemplates < 0) {
      throw new IllegalArgumentException(
          "exactUpToTemplates must not be negative, got " + exactUpToTemplates);
    }
    if (trees < 1 || trees > 1_000) {
      throw new IllegalArgumentException("trees must be 1 to 1000, got " + trees);
    }
    if (searchK < 1) {
      throw new IllegalArgumentException("searchK must be at least 1, got " + searchK);
    }
    if (!(rebuildAtShare > 0 && rebuildAtShare <= 1)) {
      throw new IllegalArgumentException(
          "rebuildAtShare must be above 0 and at most 1, got " + rebuildAtShare);
    }
  }

  /**
   * Exact up to 100,000 templates: there a scan of 512 floats takes 9 ms on one core, and an index
   * that finds as much of the hard mates is not faster.
   */
  public static IndexSettings defaults() {
    return new IndexSettings(Mode.AUTO, 100_000, 50, 40_000, 0.1);
  }

  public IndexSettings withMode(Mode mode) {
    return new IndexSettings(mode, exactUpToTemplates, trees, searchK, rebuildAtShare);
  }

  boolean wantsIndex(int templates) {
    return switch (mode) {
      case EXACT -> false;
      case ANNOY -> templates > 0;
      case AUTO -> templates > exactUpToTemplates;
    };
  }
}
