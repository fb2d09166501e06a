package io.facelogin.infra.chaos;

/** Something did not come as it must; the message says what, and after how long. */
public final class FaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FaultException(String message) {
    super(message);
  }

  FaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
