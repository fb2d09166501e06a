package io.facelogin.contract.secret;

/**
 * Sealed bytes that cannot be opened: sealed by a key that is not here, cut off, altered, moved to
 * another place, or not sealed at all. The message says which, and never what is inside.
 */
public final class BrokenSealException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokenSealException(String message) {
    super(message);
  }
}
