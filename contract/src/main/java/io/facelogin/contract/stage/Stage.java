package io.facelogin.contract.stage;

/**
 * One stage of the pipeline: capture, detector, encoder, matcher or web. The launcher starts stages
 * in order and closes them in reverse; a stage that meets a bad world (broker away for good, disk
 * full) becomes unhealthy, never silent.
 */
public interface Stage extends AutoCloseable {

  /** The word used on the command line, in metrics and logs: {@code detector}. */
  String name();

  /** Starts the stage's threads and returns at once; {@link #health()} tells when it is ready. */
  void start();

  /** May be called from any thread at any time; answers without waiting. */
  Health health();

  /** Stops cleanly: finishes what is in hand, commits, frees native memory. Idempotent. */
  @Override
  void close();
}
