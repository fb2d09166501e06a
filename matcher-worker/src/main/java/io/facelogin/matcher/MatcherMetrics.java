package io.facelogin.matcher;

/** Names of the matcher's metrics. */
public final class MatcherMetrics {

  /** Records of the topic {@code embeddings} that were read. */
  public static final String EMBEDDINGS_RECEIVED = "matcher.embeddings.received";

  /** Of those, not matched: enrolment frames. */
  public static final String EMBEDDINGS_IGNORED = "matcher.embeddings.ignored";

  /** Decisions published, tagged {@code outcome}. */
  public static final String DECISIONS = "matcher.decisions";

  /** Enrolments and erasures answered, tagged {@code result}. */
  public static final String ENROLMENTS = "matcher.enrolments";

  /** Records set aside because nobody could read them, tagged {@code topic}. */
  public static final String DEAD_LETTERS = "matcher.dead.letters";

  /** Time to decide one record, all its searches of the gallery included. */
  public static final String DECIDING = "matcher.deciding";

  /** Templates that can be searched. */
  public static final String TEMPLATES = "matcher.gallery.templates";

  /** Templates that are searched through the index file; 0 while everything is scanned. */
  public static final String INDEXED = "matcher.gallery.indexed";

  /** People that can be found. */
  public static final String PEOPLE = "matcher.gallery.people";

  /** Records of the gallery topic not read yet. */
  public static final String GALLERY_LAG = "matcher.gallery.lag";

  /** Cosine similarity from which somebody is accepted, at the gallery's present size. */
  public static final String THRESHOLD = "matcher.threshold";

  /** Chance that a stranger is accepted, at the present threshold and size of the gallery. */
  public static final String FPIR = "matcher.fpir";

  /** 1 while the threshold lies beyond what was measured of the encoder, else 0. */
  public static final String THRESHOLD_EXTRAPOLATED = "matcher.threshold.extrapolated";

  /** 1 while the wanted FPIR asks for more than most people's pictures reach, else 0. */
  public static final String FPIR_OUT_OF_REACH = "matcher.fpir.out.of.reach";

  /** 1 while searches use the index, 0 while everything is compared. */
  public static final String SEARCH_BY_INDEX = "matcher.search.by.index";

  /** Milliseconds of an exact search, measured when the way of searching was chosen; else NaN. */
  public static final String SEARCH_EXACT_MS = "matcher.search.exact.ms";

  /** Milliseconds of a search of the index, measured likewise. */
  public static final String SEARCH_INDEX_MS = "matcher.search.index.ms";

  /** Depth of a search of the index; 0 while there is none. */
  public static final String SEARCH_K = "matcher.search.k";

  /**
   * Live searches that were repeated by plain comparison, tagged {@code of}: mate (the truly best
   * person reached the threshold) or stranger.
   */
  public static final String RECALL_REPEATED = "matcher.recall.repeated";

  /** Of those, answered with the same person. */
  public static final String RECALL_FOUND = "matcher.recall.found";

  /** Live searches that were to be repeated, but were not: busy, or the gallery had changed. */
  public static final String RECALL_DROPPED = "matcher.recall.dropped";

  /** Share of the mates that were found, since the start: recall@1. NaN before the first. */
  public static final String RECALL = "matcher.recall";

  /** From a change's record on the gallery topic until this matcher's searches see it. */
  public static final String GALLERY_VISIBLE = "matcher.gallery.visible";

  private MatcherMetrics() {}
}
