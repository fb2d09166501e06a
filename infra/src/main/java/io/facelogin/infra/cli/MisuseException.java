package io.facelogin.infra.cli;

/**
 * The user's mistake: the message says what, which value and what to do. Ends the command with exit
 * code 2 and without a stack trace.
 */
final class MisuseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MisuseException(String message) {
    super(message);
  }

  /** A setting that its record refused. */
  MisuseException(IllegalArgumentException refusal) {
    super(refusal.getMessage(), refusal);
  }
}
