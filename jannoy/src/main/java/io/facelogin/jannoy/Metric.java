package io.facelogin.jannoy;

/** What "near" means. The file does not say it: whoever opens a file must know. */
public enum Metric {
  /** Angle between vectors of any length; distance is sqrt(2 - 2 cos), 0 to 2. */
  ANGULAR,
  /** Straight-line distance. */
  EUCLIDEAN
}
