package io.facelogin.models.facenet;

/** How the bytes of a crop become the input of FaceNet. */
public enum Standardisation {
  /** {@code (v - 127.5) / 128}: what the networks since 2018 were trained with. */
  FIXED,
  /**
   * Each crop by its own mean and standard deviation: what those before were trained with, and what
   * many programs still feed.
   */
  PREWHITEN
}
