package io.facelogin.contract.stage;

/** How a stage is, with the words for whoever has to mend it. */
public record Health(State state, String message) {

  /**
   * READY works; STARTING will be; TROUBLED runs but waits for something outside; FAILED needs a
   * restart.
   */
  public enum State {
    STARTING,
    READY,
    TROUBLED,
    FAILED
  }

  public static Health starting(String message) {
    return new Health(State.STARTING, message);
  }

  public static Health ready() {
    return new Health(State.READY, "");
  }

  public static Health troubled(String message) {
    return new Health(State.TROUBLED, message);
  }

  public static Health failed(String message) {
    return new Health(State.FAILED, message);
  }

  public boolean isReady() {
    return state == State.READY;
  }

  /** False only for a stage that cannot help itself: the platform should restart the process. */
  public boolean isAlive() {
    return state != State.FAILED;
  }
}
