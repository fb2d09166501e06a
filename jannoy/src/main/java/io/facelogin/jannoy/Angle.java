package io.facelogin.jannoy;

/** The angular distance, as the original rounds it. */
final class Angle {

  private Angle() {}

  /** 2 - 2 cos; vectors without direction are at a right angle to everything. */
  static float squaredDistance(float dot, float squaredNormA, float squaredNormB) {
    float product = squaredNormA * squaredNormB;
    return product > 0 ? (float) (2.0 - 2.0 * dot / (float) Math.sqrt(product)) : 2f;
  }
}
