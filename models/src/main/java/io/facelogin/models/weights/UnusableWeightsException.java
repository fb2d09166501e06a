package io.facelogin.models.weights;

/**
 * A weight file that is missing, altered, truncated or of a kind that we do not read. The message
 * is for people: it names the file, what is wrong with it and, where that helps, what to do.
 */
public final class UnusableWeightsException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableWeightsException(String message) {
    super(message);
  }

  public UnusableWeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
