package io.facelogin.infra.doctor;

/**
 * What was found about one thing.
 *
 * @param message for people: what is there, or what to do
 */
public record Check(String name, State state, String message) {

  public enum State {
    FINE,
    /** Works, but not as well as it could. */
    NOTE,
    /** Works, and somebody may get in, read or erase what they should not. */
    RISK,
    /** Something does not work without it. */
    MISSING
  }

  static Check fine(String name, String message) {
    return new Check(name, State.FINE, message);
  }

  static Check note(String name, String message) {
    return new Check(name, State.NOTE, message);
  }

  static Check risk(String name, String message) {
    return new Check(name, State.RISK, message);
  }

  static Check missing(String name, String message) {
    return new Check(name, State.MISSING, message);
  }
}
