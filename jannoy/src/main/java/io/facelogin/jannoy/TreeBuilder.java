package io.facelogin.jannoy;

import java.util.Arrays;

/**
 * Grows one tree at a time in memory; one thread. Children are numbered as if this were the file's
 * first tree: below the number of items an item, above it a node of this tree.
 */
final class TreeBuilder {

  /** A plane that leaves a share of more than this on one side is tried again. */
  private static final float GOOD_ENOUGH_IMBALANCE = 0.95f;

  /** Worse than this after all attempts: items go to a random side. */
  private static final double HOPELESS_IMBALANCE = 0.99;

  private static final int ATTEMPTS = 3;

  private final NodeLayout layout;
  private final ItemVectors items;
  private final int[] ids;
  private final RandomSource random;
  private final SplitPlane plane;

  private final int[] order;
  private final int[] moved;
  private final boolean[] side;
  private int[] words;
  private int nodeCount;

  TreeBuilder(
      NodeLayout layout,
      ItemVectors items,
      int[] ids,
      RandomSource random,
      VectorArithmetic arithmetic) {
    this.layout = layout;
    this.items = items;
    this.ids = ids;
    this.random = random;
    plane = new SplitPlane(layout, items, random, arithmetic);
    order = new int[ids.length];
    moved = new int[ids.length];
    side = new boolean[ids.length];
    words = new int[64 * layout.words()];
  }

  /** The nodes, children before parents, the root last. Valid until the next tree. */
  int[] words() {
    return words;
  }

  int nodeCount() {
    return nodeCount;
  }

  void grow() {
    System.arraycopy(ids, 0, order, 0, ids.length);
    nodeCount = 0;
    branch(0, ids.length, true);
  }

  /** Moves this tree's own node numbers up by as many nodes as lie before it in the file. */
  void shiftNodes(int by) {
    for (int node = 0; node < nodeCount; node++) {
      int at = node * layout.words();
      if (words[at] > layout.bucketCapacity()) {
        for (int i = 0; i < 2; i++) {
          int child = at + layout.childrenWord() + i;
          words[child] += words[child] < items.count() ? 0 : by;
        }
      }
    }
  }

  /** Grows the subtree of order[from..to) and returns its node number. */
  private int branch(int from, int to, boolean root) {
    int count = to - from;
    if (count == 1 && !root) {
      return order[from];
    }
    int descendants = root ? items.count() : count;
    if (count <= layout.bucketCapacity()
        && (!root || items.count() <= layout.bucketCapacity() || count == 1)) {
      return bucket(from, count, descendants);
    }
    int middle = split(from, to);
    // The plane's own scratch is used again below, so the node keeps its copy.
    float[] normal = plane.normal().clone();
    float offset = plane.offset();
    int[] children = new int[2];
    if (middle - from <= to - middle) {
      children[0] = branch(from, middle, false);
      children[1] = branch(middle, to, false);
    } else {
      children[1] = branch(middle, to, false);
      children[0] = branch(from, middle, false);
    }
    int at = append(descendants);
    if (layout.metric() == Metric.EUCLIDEAN) {
      words[at + NodeLayout.SCALAR_WORD] = Float.floatToRawIntBits(offset);
    }
    words[at + layout.childrenWord()] = children[0];
    words[at + layout.childrenWord() + 1] = children[1];
    for (int i = 0; i < normal.length; i++) {
      words[at + layout.vectorWord() + i] = Float.floatToRawIntBits(normal[i]);
    }
    return items.count() + nodeCount - 1;
  }

  private int bucket(int from, int count, int descendants) {
    int at = append(descendants);
    System.arraycopy(order, from, words, at + layout.childrenWord(), count);
    return items.count() + nodeCount - 1;
  }

  /** Puts the items of side 0 before those of side 1, each in their order; returns the border. */
  private int split(int from, int to) {
    int count = to - from;
    int ones = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      plane.place(order, from, count);
      ones = 0;
      for (int i = from; i < to; i++) {
        side[i] = plane.side(order[i]);
        ones += side[i] ? 1 : 0;
      }
      if (imbalance(ones, count) < GOOD_ENOUGH_IMBALANCE) {
        break;
      }
    }
    while (imbalance(ones, count) > HOPELESS_IMBALANCE) {
      plane.giveUp();
      ones = 0;
      for (int i = from; i < to; i++) {
        side[i] = random.flip();
        ones += side[i] ? 1 : 0;
      }
    }
    int zero = from;
    int one = to - ones;
    int border = one;
    for (int i = from; i < to; i++) {
      moved[side[i] ? one++ : zero++] = order[i];
    }
    System.arraycopy(moved, from, order, from, count);
    return border;
  }

  private static float imbalance(int ones, int count) {
    float share = (float) (count - ones) / count;
    return Math.max(share, 1 - share);
  }

  private int append(int descendants) {
    int at = nodeCount * layout.words();
    if ((long) at + layout.words() > words.length) {
      words = Arrays.copyOf(words, (int) Math.min(Integer.MAX_VALUE - 8, words.length * 3L / 2));
    }
    Arrays.fill(words, at, at + layout.words(), 0);
    words[at] = descendants;
    nodeCount++;
    return at;
  }
}
