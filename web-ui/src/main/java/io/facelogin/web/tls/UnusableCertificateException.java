package io.facelogin.web.tls;

/**
 * A certificate or its key cannot be used. The message says which and what to do, and is meant to
 * be printed without a stack trace.
 */
public final class UnusableCertificateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnusableCertificateException(String message) {
    super(message);
  }
}
