package io.facelogin.infra.cli;

/** What a command tells its caller when it ends; scripts rely on these numbers. */
final class ExitCode {

  static final int DONE = 0;

  /** The answer is no: not the same person, nobody found, below the target. */
  static final int NEGATIVE = 1;

  /** Wrong usage, or input that cannot be used. */
  static final int MISUSE = 2;

  /** Something outside is missing: broker, database, weights, camera, port, permission. */
  static final int OUTSIDE_MISSING = 3;

  static final int FAULT_OF_OURS = 70;

  private ExitCode() {}
}
