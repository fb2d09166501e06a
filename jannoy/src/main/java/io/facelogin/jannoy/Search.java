package io.facelogin.jannoy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The scratch of one thread's searches, kept from query to query: nothing is allocated per visited
 * node. Its results are those of the last run. Not for several threads at once; each takes its own
 * from {@link AnnoyIndex#newSearch()}.
 */
public final class Search {

  private static final IntPredicate EVERYBODY = id -> true;

  /** Half of what the cache next to the processor holds. */
  private static final int BATCH_BYTES = 1 << 14;

  private final NodeLayout layout;
  private final MappedNodes nodes;
  private final int items;
  private final int[] roots;
  private final VectorArithmetic arithmetic;

  private final NodeQueue queue = new NodeQueue();
  private final int[] bucket;
  private final long[] seen;
  private final int[] batch;
  private final float[] vectors;
  private final NearestList nearest = new NearestList();

  Search(
      NodeLayout layout, MappedNodes nodes, int items, int[] roots, VectorArithmetic arithmetic) {
    this.layout = layout;
    this.nodes = nodes;
    this.items = items;
    this.roots = roots;
    this.arithmetic = arithmetic;
    bucket = new int[layout.bucketCapacity()];
    seen = new long[(items + 63) / 64];
    batch = new int[Math.max(1, BATCH_BYTES / layout.bytes())];
    vectors = new float[batch.length * layout.dimension()];
  }

  /**
   * @param searchK how many candidates to look at (an id counts once per tree that offers it); more
   *     is slower and finds more. Not positive: wanted times the number of trees
   * @return how many were found, at most wanted: nearest first, at equal distance the smaller id
   * @throws IllegalArgumentException if the query has the wrong length or a number that is not
   *     finite, or no direction where angles are compared
   */
  public int run(float[] query, int wanted, int searchK) {
    return run(query, wanted, searchK, EVERYBODY);
  }

  /**
   * @param accept which ids may be results. Others do not count against searchK, so a gallery full
   *     of erased ids is searched as deeply as a clean one
   */
  public int run(float[] query, int wanted, int searchK, IntPredicate accept) {
    layout.check(query, "The query");
    if (wanted < 1) {
      throw new IllegalArgumentException("wanted must be at least 1, got " + wanted);
    }
    long budget = searchK > 0 ? searchK : (long) wanted * roots.length;
    float queryNorm = arithmetic.dot(query, 0, query, 0, query.length);
    if (layout.metric() == Metric.ANGULAR && queryNorm == 0) {
      throw new IllegalArgumentException(
          "The query is zero: it has no direction, so it has an angle to nothing");
    }
    collect(query, budget, accept);
    rank(query, queryNorm, wanted);
    return nearest.size();
  }

  public int count() {
    return nearest.size();
  }

  public int id(int rank) {
    return nearest.id(rank);
  }

  public float distance(int rank) {
    float raw = nearest.distance(rank);
    return (float) Math.sqrt(Math.max(0, raw));
  }

  public List<Neighbour> neighbours() {
    List<Neighbour> result = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      result.add(new Neighbour(id(i), distance(i)));
    }
    return result;
  }

  /** Walks all trees at once: always on from the node whose planes the query passed by least. */
  private void collect(float[] query, long budget, IntPredicate accept) {
    queue.clear();
    for (int root : roots) {
      queue.push(Float.POSITIVE_INFINITY, root);
    }
    long looked = 0;
    while (looked < budget && !queue.isEmpty()) {
      float priority = queue.topPriority();
      int node = queue.popNode();
      int descendants = nodes.descendants(node);
      if (node < items) {
        looked += offer(node, descendants, accept);
      } else if (descendants <= layout.bucketCapacity()) {
        nodes.bucket(node, bucket, 0, descendants);
        for (int i = 0; i < descendants; i++) {
          looked += offer(bucket[i], 1, accept);
        }
      } else {
        float margin = margin(query, node);
        queue.push(Math.min(priority, margin), nodes.child(node, 1));
        queue.push(Math.min(priority, -margin), nodes.child(node, 0));
      }
    }
  }

  private int offer(int id, int descendants, IntPredicate accept) {
    if (descendants != 1 || !accept.test(id)) {
      return 0;
    }
    seen[id >> 6] |= 1L << (id & 63);
    return 1;
  }

  private float margin(float[] query, int split) {
    nodes.vector(split, vectors, 0);
    float margin = arithmetic.dot(query, 0, vectors, 0, query.length);
    return layout.metric() == Metric.EUCLIDEAN ? nodes.scalar(split) + margin : margin;
  }

  /** In ascending order, so that memory is read forwards, as in the original. */
  private void rank(float[] query, float queryNorm, int wanted) {
    nearest.reset(wanted);
    int waiting = 0;
    for (int word = 0; word < seen.length; word++) {
      long left = seen[word];
      seen[word] = 0;
      while (left != 0) {
        int id = (word << 6) + Long.numberOfTrailingZeros(left);
        left &= left - 1;
        if (nodes.descendants(id) == 1) {
          batch[waiting++] = id;
        }
        if (waiting == batch.length) {
          compare(query, queryNorm, waiting);
          waiting = 0;
        }
      }
    }
    compare(query, queryNorm, waiting);
    nearest.sort();
  }

  /**
   * Copies some vectors out of the map before the first is compared: the processor then waits for
   * the memory of several at once, which takes a sixth off a search among 128 numbers.
   */
  private void compare(float[] query, float queryNorm, int number) {
    for (int i = 0; i < number; i++) {
      nodes.vector(batch[i], vectors, i * query.length);
    }
    for (int i = 0; i < number; i++) {
      nearest.offer(batch[i], squaredDistance(query, queryNorm, batch[i], i * query.length));
    }
  }

  private float squaredDistance(float[] query, float queryNorm, int id, int at) {
    if (layout.metric() == Metric.EUCLIDEAN) {
      return arithmetic.squaredDistance(query, 0, vectors, at, query.length);
    }
    float stored = nodes.scalar(id);
    // Files of early versions have no norm.
    float norm = stored != 0 ? stored : arithmetic.dot(vectors, at, vectors, at, query.length);
    return Angle.squaredDistance(
        arithmetic.dot(query, 0, vectors, at, query.length), queryNorm, norm);
  }
}
