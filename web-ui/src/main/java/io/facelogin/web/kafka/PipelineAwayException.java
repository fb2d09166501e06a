package io.facelogin.web.kafka;

import java.time.Duration;

/**
 * Broker or matcher did not answer in time. The message is for people; nobody should wait longer.
 */
public final class PipelineAwayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private PipelineAwayException(String message) {
    super(message);
  }

  public static PipelineAwayException broker() {
    return new PipelineAwayException(
        "The message broker does not answer. Nothing was changed; try again when it is back.");
  }

  static PipelineAwayException matcher(Duration waited) {
    return new PipelineAwayException(
        "The matcher did not answer within "
            + waited.toSeconds()
            + " s. See that it runs and try again.");
  }
}
