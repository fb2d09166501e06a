package io.facelogin.web.backup;

/** A file that cannot be restored; the message says why and what to do. */
public final class UnusableBackupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnusableBackupException(String message) {
    super(message);
  }
}
