package io.facelogin.matcher.index;

/**
 * How the gallery is searched, and why.
 *
 * @param templates that there were when it was measured
 * @param exactMs median time of an exact search; NaN where not measured
 * @param annoyMs mean time of a search of the index; NaN where not measured
 * @param searchK that reaches the wanted recall; 0 where not measured
 * @param recall at that depth over synthetic mates of the hardest kind; NaN where not measured
 */
public record Choice(
    Way way,
    int templates,
    double exactMs,
    double annoyMs,
    int searchK,
    double recall,
    String reason) {

  /** How. */
  public enum Way {
    EXACT,
    ANNOY
  }

  static Choice unmeasured() {
    return new Choice(Way.EXACT, 0, Double.NaN, Double.NaN, 0, Double.NaN, "not measured yet");
  }
}
