package io.facelogin.matcher.gallery;

/** The gallery on disk is not what was written: set it aside and rebuild it from the topic. */
public final class DamagedGalleryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DamagedGalleryException(String message) {
    super(message);
  }

  public DamagedGalleryException(String message, Throwable cause) {
    super(message, cause);
  }
}
