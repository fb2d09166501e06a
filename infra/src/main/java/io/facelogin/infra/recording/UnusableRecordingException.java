package io.facelogin.infra.recording;

/** A file that is no recording, or one of a newer version. The message says what to do. */
public final class UnusableRecordingException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String message;

  public UnusableRecordingException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
