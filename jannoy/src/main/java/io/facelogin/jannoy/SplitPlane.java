package io.facelogin.jannoy;

import java.util.Arrays;

/**
 * The plane halfway between two centres of some items, found by two-means on a sample. With
 * sequential arithmetic every rounding is the original's, so that equal seeds give equal planes.
 * One thread; reused.
 */
final class SplitPlane {

  private static final int SAMPLES = 200;

  private final NodeLayout layout;
  private final ItemVectors items;
  private final RandomSource random;
  private final VectorArithmetic arithmetic;
  private final boolean angular;

  /** Whether every rounding must be the original's. */
  private final boolean exact;

  private final Centre one;
  private final Centre other;
  private final float[] scratch;
  private final float[] normal;
  private float offset;

  /** Mean of the items that came nearest to it; its weight keeps the two of equal size. */
  private static final class Centre {
    final float[] mean;
    float squaredNorm;
    int weight;

    Centre(int dimension) {
      mean = new float[dimension];
    }
  }

  SplitPlane(
      NodeLayout layout, ItemVectors items, RandomSource random, VectorArithmetic arithmetic) {
    this.layout = layout;
    this.items = items;
    this.random = random;
    this.arithmetic = arithmetic;
    exact = arithmetic == VectorArithmetic.sequential();
    angular = layout.metric() == Metric.ANGULAR;
    one = new Centre(layout.dimension());
    other = new Centre(layout.dimension());
    scratch = new float[layout.dimension()];
    normal = new float[layout.dimension()];
  }

  float[] normal() {
    return normal;
  }

  float offset() {
    return offset;
  }

  /** No plane separates these items: a zero normal sends every query to both sides alike. */
  void giveUp() {
    Arrays.fill(normal, 0);
  }

  /** True: on the side that the normal points to. A point on the plane goes to a random side. */
  boolean side(int id) {
    float dot =
        arithmetic.dot(normal, 0, items.array(id, scratch), items.offset(id), normal.length);
    float margin = angular ? dot : offset + dot;
    return margin != 0 ? margin > 0 : random.flip();
  }

  void place(int[] ids, int from, int count) {
    findCentres(ids, from, count);
    for (int i = 0; i < normal.length; i++) {
      normal[i] = one.mean[i] - other.mean[i];
    }
    normalise(normal);
    if (!angular) {
      offset = 0;
      for (int i = 0; i < normal.length; i++) {
        offset += -normal[i] * (one.mean[i] + other.mean[i]) / 2;
      }
    }
  }

  private void findCentres(int[] ids, int from, int count) {
    int first = random.index(count);
    int second = random.index(count - 1);
    if (second >= first) {
      second++;
    }
    begin(one, ids[from + first]);
    begin(other, ids[from + second]);
    for (int step = 0; step < SAMPLES; step++) {
      int id = ids[from + random.index(count)];
      float squaredNorm = angular ? items.norm(id) : 1;
      if (!(squaredNorm > 0)) {
        // A vector without direction moves no angular centre.
        continue;
      }
      float[] item = items.array(id, scratch);
      int offset = items.offset(id);
      float toOne = one.weight * squaredDistance(one, item, offset, squaredNorm);
      float toOther = other.weight * squaredDistance(other, item, offset, squaredNorm);
      if (toOne < toOther) {
        pull(one, item, offset, squaredNorm);
      } else if (toOther < toOne) {
        pull(other, item, offset, squaredNorm);
      }
    }
  }

  private void begin(Centre centre, int id) {
    System.arraycopy(
        items.array(id, scratch), items.offset(id), centre.mean, 0, centre.mean.length);
    if (angular) {
      normalise(centre.mean);
      centre.squaredNorm = dot(centre.mean, centre.mean);
    }
    centre.weight = 1;
  }

  private float squaredDistance(Centre centre, float[] item, int offset, float squaredNorm) {
    int length = centre.mean.length;
    return angular
        ? Angle.squaredDistance(
            arithmetic.dot(centre.mean, 0, item, offset, length), centre.squaredNorm, squaredNorm)
        : arithmetic.squaredDistance(centre.mean, 0, item, offset, length);
  }

  private void pull(Centre centre, float[] item, int offset, float squaredNorm) {
    float norm = angular ? (float) Math.sqrt(squaredNorm) : 1;
    if (exact) {
      for (int i = 0; i < centre.mean.length; i++) {
        centre.mean[i] =
            (centre.mean[i] * centre.weight + item[offset + i] / norm) / (centre.weight + 1);
      }
    } else {
      // Divisions are what the time of a plane would go into.
      float kept = (float) centre.weight / (centre.weight + 1);
      float added = 1 / (norm * (centre.weight + 1));
      for (int i = 0; i < centre.mean.length; i++) {
        centre.mean[i] = centre.mean[i] * kept + item[offset + i] * added;
      }
    }
    centre.weight++;
    if (angular) {
      centre.squaredNorm = dot(centre.mean, centre.mean);
    }
  }

  private void normalise(float[] vector) {
    float norm = (float) Math.sqrt(dot(vector, vector));
    if (norm > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= norm;
      }
    }
  }

  private float dot(float[] a, float[] b) {
    return arithmetic.dot(a, 0, b, 0, layout.dimension());
  }
}
