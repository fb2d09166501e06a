package io.facelogin.capture.source;

/**
 * A source cannot be opened or has stopped giving pictures. The message is for people: it says
 * which source, what happened and what to do, and never holds a password.
 */
public final class CameraUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String message;

  public CameraUnavailableException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
