package io.facelogin.contract.secret;

/** There is no usable master key; the message says where it was looked for and what to do. */
public final class MasterKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MasterKeyException(String message) {
    super(message);
  }
}
