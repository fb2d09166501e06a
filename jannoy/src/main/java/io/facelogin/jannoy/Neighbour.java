package io.facelogin.jannoy;

/**
 * One result.
 *
 * @param distance angular: sqrt(2 - 2 cos); euclidean: length of the difference
 */
public record Neighbour(int id, float distance) {

  /** The cosine that belongs to an angular distance. */
  public static float cosine(float angularDistance) {
    return 1 - angularDistance * angularDistance / 2;
  }
}
