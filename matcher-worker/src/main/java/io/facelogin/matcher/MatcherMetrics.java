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

  private MatcherMetrics() {}
}
