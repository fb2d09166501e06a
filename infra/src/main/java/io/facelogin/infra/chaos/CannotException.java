package io.facelogin.infra.chaos;

/** A fault that cannot be made on this machine; the message says why. */
final class CannotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotException(String message) {
    super(message);
  }
}
