package io.facelogin.web.identify;

/** The networks cannot be loaded: weights missing or altered. Says so in the words of the cause. */
public final class NetworksAwayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NetworksAwayException(RuntimeException cause) {
    super("The networks cannot be loaded: " + cause.getMessage(), cause);
  }
}
