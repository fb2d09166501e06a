package io.facelogin.infra;

/**
 * Something outside of the program is missing: a broker, a database, weights, a port, a permission.
 * The message says what, which value and what to do; the command ends with exit code 3 and without
 * a stack trace.
 */
public final class OutsideMissingException extends RuntimeException {

  public OutsideMissingException(String message) {
    super(message);
  }

  public OutsideMissingException(String message, Throwable cause) {
    super(message, cause);
  }
}
