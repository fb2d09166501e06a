package io.facelogin.contract.kafka;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A record that this version cannot read: damaged bytes, or a newer schema. Belongs into the
 * dead-letter topic.
 */
public final class UnreadableRecordException extends SerializationException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Counted and written on the dead letter. */
  public enum Kind {
    DAMAGED,
    NEWER_SCHEMA,
    /** Sealed by a key that is not here. */
    SEALED
  }

  public UnreadableRecordException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
