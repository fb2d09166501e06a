package io.facelogin.infra.evaluation;

/** A list of pairs that cannot be used. The message is for people. */
public final class UnusablePairFileException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusablePairFileException(String message) {
    super(message);
  }
}
