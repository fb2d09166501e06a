package io.facelogin.models.store;

import io.facelogin.models.manifest.Manifest;

/**
 * A known network and whether its weights are here.
 *
 * @param detail for people: where the files lie, or what is wrong and what to do
 */
public record StoredModel(Manifest manifest, State state, String detail) {

  public enum State {
    /** Comes with the program. */
    PACKAGED,
    /** Was fetched, and size and sha256 are right. */
    PRESENT,
    /** Can be fetched. */
    ABSENT,
    /** Lies here but is not what its manifest names. */
    ALTERED
  }

  /** Whether it can be opened. */
  public boolean usable() {
    return state == State.PACKAGED || state == State.PRESENT;
  }
}
