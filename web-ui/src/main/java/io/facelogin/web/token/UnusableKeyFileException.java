package io.facelogin.web.token;

/**
 * The file that encrypts the signing keys cannot be used. The message says what to do, and is meant
 * to be printed without a stack trace.
 */
public final class UnusableKeyFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableKeyFileException(String message) {
    super(message);
  }
}
