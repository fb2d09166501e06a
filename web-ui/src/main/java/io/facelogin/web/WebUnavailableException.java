package io.facelogin.web;

/**
 * The web stage cannot start, for a reason outside of it: port taken, database away. The message
 * says what, which and what to do, and is meant to be printed without a stack trace.
 */
public final class WebUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WebUnavailableException(String message) {
    super(message);
  }
}
