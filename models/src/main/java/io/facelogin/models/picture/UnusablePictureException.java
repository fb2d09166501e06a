package io.facelogin.models.picture;

/**
 * Bytes that are no picture we take: damaged, too large, an unknown format. The message is for
 * people.
 */
public final class UnusablePictureException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusablePictureException(String message) {
    super(message);
  }
}
